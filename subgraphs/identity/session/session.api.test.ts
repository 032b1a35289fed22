import { testHttp } from '@valeo/kit/testing/two-tenants.ts';
import { decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { createDemoUsers } from '../demo/create-demo-users.ts';
import { rotateSigningKey } from '../key/signing-keys.ts';
import { identityHouse, PASSWORD } from '../testing/house.ts';

const house = await identityHouse();
const { signIn, signUp, callerOf, ask, answer, sql } = house;

const VIEWER = '{ viewer { id email name locale permissions company { id name } companies { name current } } }';
const refresh = async (http: ReturnType<typeof testHttp>) =>
  (await ask(null, 'mutation { refreshSession { accessToken expiresAt refreshToken error { code } } }', {}, { http }))
    .refreshSession;
const withRefresh = (http: ReturnType<typeof testHttp>) =>
  testHttp({ valeo_refresh: http.jar.get('valeo_refresh') ?? '' });

describe('signing up and in', () => {
  test('a new company has its owner signed in with every right', async () => {
    const http = testHttp();
    const { accessToken, expiresAt, user, error } = await signUp('Hafenkontor GmbH', 'Chef@Hafen.example', {}, http);
    expect(error).toBeNull();
    expect(user).toMatchObject({ email: 'chef@hafen.example', name: 'chef' });
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(600_000);
    const caller = await callerOf(accessToken);
    const { viewer } = await ask(caller, VIEWER);
    expect(viewer).toMatchObject({
      id: user.id,
      email: 'chef@hafen.example',
      locale: 'en',
      company: { id: caller.tenantId, name: 'Hafenkontor GmbH' },
      companies: [{ name: 'Hafenkontor GmbH', current: true }],
    });
    expect(viewer.permissions).toContain('company:manage');
    expect(http.jar.get('valeo_access')).toBe(accessToken);
    expect(http.jar.get('valeo_refresh')).toMatch(/^[\w-]{43}$/);
  });

  test('a stranger has no viewer', async () => {
    expect(await ask(null, VIEWER)).toEqual({ viewer: null });
  });

  test('EMAIL_TAKEN with another password; with the right one a second company', async () => {
    await signUp('Erste', 'zwei@firmen.example');
    const taken = await signUp('Zweite', 'zwei@firmen.example', { password: 'ganz etwas anderes 1' });
    expect(taken).toMatchObject({ accessToken: null, error: { code: 'EMAIL_TAKEN', fields: [{ path: 'email' }] } });
    const second = await callerOf((await signUp('Zweite', 'zwei@firmen.example')).accessToken);
    const { viewer } = await ask(second, VIEWER);
    expect(viewer.companies).toEqual([
      { name: 'Erste', current: false },
      { name: 'Zweite', current: true },
    ]);
  });

  test.each(['short', 'aaaaaaaaaaaaaaaa', 'passwort123456', 'schwach-schwach', '123456789012345'])(
    'WEAK_PASSWORD: %s',
    async (password) => {
      const { error } = await signUp('Schwach', 'schwach-schwach@x.example', { password });
      expect(error).toMatchObject({ code: 'WEAK_PASSWORD', fields: [{ path: 'password' }] });
    },
  );

  test('INVALID_CREDENTIALS is the same for a wrong password and an unknown address', async () => {
    await signUp('Gleich', 'da@gleich.example');
    const wrong = await signIn('da@gleich.example', 'falsch');
    const unknown = await signIn('nicht-da@gleich.example', 'falsch');
    expect(wrong).toEqual(unknown);
    expect(wrong.error.code).toBe('INVALID_CREDENTIALS');
    expect(wrong).toMatchObject({ accessToken: null, expiresAt: null, user: null });
  });

  test('TOO_MANY_ATTEMPTS after failures only, told with the seconds, and gone after a success', async () => {
    await signUp('Viele', 'viele@versuche.example');
    for (let time = 0; time < 8; time++) expect((await signIn('viele@versuche.example')).error).toBeNull();
    // All at once, as a guessing program would do.
    const guesses = await Promise.all(Array.from({ length: 12 }, () => signIn('viele@versuche.example', 'geraten')));
    const codes = guesses.map(({ error }) => error.code);
    expect(codes.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(5);
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(7);
    expect(guesses.at(-1)?.error.message).toMatch(/in [12] seconds/);
    // Also the right password has to wait, else guessing would go on.
    expect((await signIn('viele@versuche.example')).error.code).toBe('TOO_MANY_ATTEMPTS');
    await sql(`UPDATE identity.failed_sign_in SET last_at = now() - interval '3 seconds'`);
    expect((await signIn('viele@versuche.example')).error).toBeNull();
    expect((await signIn('viele@versuche.example', 'geraten')).error.code).toBe('INVALID_CREDENTIALS');
  });

  test('an address that nobody has is throttled like any other', async () => {
    for (let time = 0; time < 5; time++) await signIn('niemand@versuche.example', 'geraten');
    expect((await signIn('niemand@versuche.example', 'geraten')).error.code).toBe('TOO_MANY_ATTEMPTS');
  });

  test('NO_COMPANY for somebody who was taken out of the last one', async () => {
    const caller = await callerOf((await signUp('Auflösung', 'weg@weg.example')).accessToken);
    await sql('DELETE FROM identity.user_company WHERE user_id = $1', [caller.userId]);
    expect((await signIn('weg@weg.example')).error.code).toBe('NO_COMPANY');
  });

  test('INVALID_INPUT for what is no address', async () => {
    const { error } = await signUp('X', 'keine Adresse');
    expect(error).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'email', code: 'INVALID_EMAIL' }] });
  });

  test('passwords and tokens are nowhere in the database', async () => {
    const http = testHttp();
    await signUp('Geheim', 'geheim@geheim.example', {}, http);
    const [row] = await sql<{ dump: string }>(
      `SELECT concat((SELECT json_agg(u)::text FROM identity."user" u), (SELECT json_agg(t)::text FROM identity.refresh_token t),
                     (SELECT json_agg(k)::text FROM identity.signing_key k)) AS dump`,
    );
    expect(row?.dump).not.toContain(PASSWORD);
    expect(row?.dump).not.toContain(http.jar.get('valeo_refresh'));
    expect(row?.dump).not.toContain('"d":');
    expect(row?.dump).toContain('$argon2id$');
  });
});

describe('refresh tokens', () => {
  test('each gives a new one, and the new one works', async () => {
    const first = testHttp();
    await signUp('Kette', 'kette@kette.example', {}, first);
    const second = withRefresh(first);
    const { accessToken, refreshToken, error } = await refresh(second);
    expect(error).toBeNull();
    expect(refreshToken).toBeNull();
    expect((await callerOf(accessToken)).sessionId).toBeTruthy();
    expect(second.jar.get('valeo_refresh')).not.toBe(first.jar.get('valeo_refresh'));
    expect((await refresh(withRefresh(second))).error).toBeNull();
  });

  test('shown again within ten seconds it gives the same successor, also at once', async () => {
    const first = testHttp();
    await signUp('Doppelt', 'doppelt@kette.example', {}, first);
    const tabs = [withRefresh(first), withRefresh(first), withRefresh(first)];
    const answers = await Promise.all(tabs.map(refresh));
    expect(answers.map(({ error }) => error)).toEqual([null, null, null]);
    expect(new Set(tabs.map(({ jar }) => jar.get('valeo_refresh'))).size).toBe(1);
  });

  test('shown again later it ends the whole family', async () => {
    const stolen = testHttp();
    const { accessToken } = await signUp('Gestohlen', 'gestohlen@kette.example', {}, stolen);
    const { sessionId } = await callerOf(accessToken);
    const honest = withRefresh(stolen);
    await refresh(honest);
    await sql(`UPDATE identity.refresh_token SET used_at = used_at - interval '11 seconds' WHERE used_at IS NOT NULL`);
    expect(await house.identity.isSessionActive(sessionId as string)).toBe(true);
    const thief = withRefresh(stolen);
    expect((await refresh(thief)).error.code).toBe('INVALID_REFRESH_TOKEN');
    expect(thief.jar.get('valeo_refresh')).toBe('');
    expect((await refresh(withRefresh(honest))).error.code).toBe('INVALID_REFRESH_TOKEN');
    expect(await house.identity.isSessionActive(sessionId as string)).toBe(false);
  });

  test('a client without cookies gives it in the input and gets the next one back', async () => {
    const http = testHttp();
    await signUp('Programm', 'programm@kette.example', {}, http);
    const mutation = `mutation ($refreshToken: String!) { refreshSession(input: { refreshToken: $refreshToken }) { refreshToken error { code } } }`;
    const { refreshSession } = await ask(null, mutation, { refreshToken: http.jar.get('valeo_refresh') });
    expect(refreshSession.error).toBeNull();
    expect(refreshSession.refreshToken).toMatch(/^[\w-]{43}$/);
  });

  test('INVALID_REFRESH_TOKEN without one, with a wrong one and after a month without use', async () => {
    expect((await refresh(testHttp())).error.code).toBe('INVALID_REFRESH_TOKEN');
    expect((await refresh(testHttp({ valeo_refresh: 'erfunden' }))).error.code).toBe('INVALID_REFRESH_TOKEN');
    const http = testHttp();
    const caller = await callerOf((await signUp('Alt', 'alt@kette.example', {}, http)).accessToken);
    await sql(`UPDATE identity.session SET last_used_at = now() - interval '31 days' WHERE id = $1`, [
      caller.sessionId,
    ]);
    expect((await refresh(withRefresh(http))).error.code).toBe('INVALID_REFRESH_TOKEN');
  });
});

describe('sessions', () => {
  test('are listed, and one of them can be ended', async () => {
    const here = await callerOf((await signUp('Geräte', 'geraete@x.example')).accessToken);
    const phone = testHttp({}, '198.51.100.7');
    const there = await callerOf((await signIn('geraete@x.example', PASSWORD, phone)).accessToken);
    const { sessions } = await ask(here, '{ sessions { id current ip userAgent } }');
    expect(sessions).toHaveLength(2);
    expect(sessions.find(({ id }: { id: string }) => id === here.sessionId)).toMatchObject({ current: true });
    expect(sessions.find(({ id }: { id: string }) => id === there.sessionId)).toMatchObject({
      current: false,
      ip: '198.51.100.7',
    });

    expect(await house.identity.isSessionActive(there.sessionId as string)).toBe(true);
    const end = `mutation { endSession(input: { id: "${there.sessionId}" }) { sessionId error { code } } }`;
    const stranger = await house.owner('Andere', 'andere@x.example');
    expect((await ask(stranger, end)).endSession.error.code).toBe('NOT_FOUND');
    expect((await ask(here, end)).endSession).toEqual({ sessionId: there.sessionId, error: null });
    expect(await house.identity.isSessionActive(there.sessionId as string)).toBe(false);
    expect((await refresh(withRefresh(phone))).error.code).toBe('INVALID_REFRESH_TOKEN');
    expect((await answer(null, '{ sessions { id } }')).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  });

  test('that go on longer than their token are looked at again: they have the rights of now, or end', async () => {
    const owner = await callerOf((await signUp('Dauer', 'dauer@firmen.example')).accessToken);
    expect(await house.identity.renew(owner)).toEqual(owner);
    expect(await house.identity.renew({ ...owner, permissions: [] })).toEqual(owner);
    const [stranger] = await sql<{ id: string }>('SELECT gen_random_uuid() AS id');
    expect(await house.identity.renew({ ...owner, tenantId: stranger?.id as string })).toBeNull();
    await ask(owner, 'mutation { signOut { error { code } } }', {}, { http: testHttp() });
    expect(await house.identity.renew(owner)).toBeNull();
  });

  test('signing out ends the session and clears the cookies', async () => {
    const http = testHttp();
    const caller = await callerOf((await signUp('Tschüss', 'tschuess@x.example', {}, http)).accessToken);
    const out = withRefresh(http);
    expect((await ask(caller, 'mutation { signOut { error { code } } }', {}, { http: out })).signOut.error).toBeNull();
    expect([...out.jar]).toEqual([
      ['valeo_access', ''],
      ['valeo_refresh', ''],
    ]);
    expect(await house.identity.isSessionActive(caller.sessionId as string)).toBe(false);
    expect((await ask(null, 'mutation { signOut { error { code } } }')).signOut.error).toBeNull();
  });

  test('signing out everywhere ends those of other devices, too', async () => {
    const here = await callerOf((await signUp('Überall', 'ueberall@x.example')).accessToken);
    const there = await callerOf((await signIn('ueberall@x.example')).accessToken);
    await ask(here, 'mutation { signOut(input: { everywhere: true }) { error { code } } }');
    expect(await house.identity.isSessionActive(there.sessionId as string)).toBe(false);
  });

  test('signing out everywhere needs no more than the refresh cookie, and concerns nobody else', async () => {
    const http = testHttp();
    const stranger = await callerOf((await signUp('Nebenan', 'nebenan@x.example')).accessToken);
    await signUp('Cookie', 'cookie@x.example', {}, http);
    const there = await callerOf((await signIn('cookie@x.example')).accessToken);
    await ask(
      null,
      'mutation { signOut(input: { everywhere: true }) { error { code } } }',
      {},
      { http: withRefresh(http) },
    );
    expect(await house.identity.isSessionActive(there.sessionId as string)).toBe(false);
    expect(await house.identity.isSessionActive(stranger.sessionId as string)).toBe(true);
  });

  test('a switch goes to an own company only, and stays there', async () => {
    const first = await house.owner('Eins', 'wechsel@x.example');
    const second = await house.owner('Zwei', 'wechsel@x.example');
    const foreign = await house.owner('Fremd', 'fremd@x.example');
    const http = testHttp();
    const switchTo = async (companyId: string) =>
      (
        await ask(
          second,
          `mutation { switchCompany(input: { companyId: "${companyId}" }) { accessToken error { code } } }`,
          {},
          { http },
        )
      ).switchCompany;
    expect((await switchTo(foreign.tenantId)).error.code).toBe('NOT_FOUND');
    const switched = await callerOf((await switchTo(first.tenantId)).accessToken);
    expect(switched).toMatchObject({ tenantId: first.tenantId, sessionId: second.sessionId });
    expect(http.jar.has('valeo_refresh')).toBe(false);
    const again = await callerOf((await signIn('wechsel@x.example')).accessToken);
    expect(again.tenantId).toBe(first.tenantId);
  });
});

describe('signing keys', () => {
  test('after a rotation the new key signs and the old one still verifies', async () => {
    const { accessToken: before } = await signUp('Schlüssel', 'schluessel@x.example');
    const kid = await rotateSigningKey(house.services.database, house.services.installation.secret);
    const { accessToken: after } = await signIn('schluessel@x.example');
    expect(decodeProtectedHeader(after)).toMatchObject({ kid, alg: 'EdDSA', typ: 'at+jwt' });
    expect(decodeProtectedHeader(before).kid).not.toBe(kid);
    expect((await callerOf(before)).tenantId).toBe((await callerOf(after)).tenantId);
    await sql(
      `UPDATE identity.signing_key SET verifies_until = now() - interval '1 second' WHERE verifies_until IS NOT NULL`,
    );
    await expect(callerOf(before)).rejects.toThrow();
    expect((await callerOf(after)).tenantId).toBeTruthy();
    const { keys } = await house.identity.jwks();
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
  });
});

test('the demo users sign in, and making them again changes nothing', async () => {
  const made = await createDemoUsers(house.services.database);
  expect(await createDemoUsers(house.services.database)).toEqual(made);
  const roleOf = async (email: string) => {
    const caller = await callerOf((await signIn(email, 'demo-valeo-2026')).accessToken);
    return { company: caller.tenantId, writes: caller.permissions.some((permission) => !permission.endsWith(':read')) };
  };
  expect(await roleOf('demo@valeo.example')).toEqual({ company: made.wholesaler.companyId, writes: true });
  expect(await roleOf('auditor@valeo.example')).toEqual({ company: made.wholesaler.companyId, writes: false });
  expect(await roleOf('northwind@valeo.example')).toEqual({ company: made.northwind.companyId, writes: true });
});
