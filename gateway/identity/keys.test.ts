import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterEach, expect, test, vi } from 'vitest';
import { createLog } from '../report/log.ts';
import { createTokenVerifier } from './tokens.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a token that was verified before ends with its key, also when no other token makes us ask for the keys', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { privateKey, publicKey } = await generateKeyPair('EdDSA');
  let published: JWK[] = [{ ...(await exportJWK(publicKey)), kid: 'one' }];
  const verifier = createTokenVerifier({ jwks: () => ({ keys: published }) }, createLog('silent'));
  const token = await new SignJWT({ sub: 'anna', tid: 't', iss: 'valeo', aud: 'valeo-api' })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'one', typ: 'at+jwt' })
    .setExpirationTime('1h')
    .sign(privateKey);
  expect((await verifier.verify(token)).caller.userId).toBe('anna');
  published = [];
  vi.advanceTimersByTime(9 * 60_000);
  expect((await verifier.verify(token)).caller.userId).toBe('anna');
  vi.advanceTimersByTime(2 * 60_000);
  await verifier.verify(token);
  await vi.waitFor(() => expect(verifier.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' }));
});
