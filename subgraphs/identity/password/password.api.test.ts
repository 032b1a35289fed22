import { describe, expect, test } from 'vitest';
import { identityHouse, PASSWORD } from '../testing/house.ts';
import { resetPasswordOf } from './operator-reset.ts';
import { isWeakPassword } from './password.ts';

const house = await identityHouse();
const { ask, answer, sql, signIn, callerOf, mailTo, owner } = house;
const NEW = 'noch eine Passphrase 8';

const CHANGE = `mutation ($currentPassword: String!, $newPassword: String!) {
  changePassword(input: { currentPassword: $currentPassword, newPassword: $newPassword }) { changed error { code fields { path code } } } }`;
const RESET = `mutation ($token: String!, $newPassword: String!) {
  resetPassword(input: { token: $token, newPassword: $newPassword }) { email error { code } } }`;
const request = async (email: string) =>
  (await ask(null, `mutation { requestPasswordReset(input: { email: "${email}" }) { accepted error { code } } }`))
    .requestPasswordReset;
const reset = async (token: string, newPassword: string) =>
  (await ask(null, RESET, { token, newPassword })).resetPassword;

describe('changing the password', () => {
  test('ends the other sessions and tells by mail', async () => {
    const here = await owner('Wechsel', 'wechsel@p.example');
    const there = await callerOf((await signIn('wechsel@p.example')).accessToken);
    const { changePassword } = await ask(here, CHANGE, { currentPassword: PASSWORD, newPassword: NEW });
    expect(changePassword).toEqual({ changed: true, error: null });
    expect(await house.identity.isSessionActive(here.sessionId as string)).toBe(true);
    expect(await house.identity.isSessionActive(there.sessionId as string)).toBe(false);
    expect((await signIn('wechsel@p.example')).error.code).toBe('INVALID_CREDENTIALS');
    expect((await signIn('wechsel@p.example', NEW)).error).toBeNull();
    expect((await mailTo('wechsel@p.example')).subject).toBe('Your password was changed');
  });

  test('INVALID_CREDENTIALS, WEAK_PASSWORD, TOO_MANY_ATTEMPTS, NOT_FOUND, UNAUTHENTICATED', async () => {
    const caller = await owner('Fehler', 'fehler@p.example');
    const change = async (currentPassword: string, newPassword = NEW, by = caller) =>
      (await ask(by, CHANGE, { currentPassword, newPassword })).changePassword.error;
    expect(await change('falsch')).toEqual({
      code: 'INVALID_CREDENTIALS',
      fields: [{ path: 'currentPassword', code: 'INVALID_CREDENTIALS' }],
    });
    expect(await change(PASSWORD, 'kurz')).toMatchObject({ code: 'WEAK_PASSWORD', fields: [{ path: 'newPassword' }] });
    for (let time = 0; time < 4; time++) await change('falsch');
    expect((await change(PASSWORD)).code).toBe('TOO_MANY_ATTEMPTS');
    expect((await change(PASSWORD, NEW, { ...caller, userId: null })).code).toBe('NOT_FOUND');
    const stranger = await answer(null, CHANGE, { currentPassword: PASSWORD, newPassword: NEW });
    expect(stranger.errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  });
});

describe('a forgotten password', () => {
  test('is replaced by way of a mailed link, once, and all sessions end', async () => {
    const caller = await owner('Vergessen', 'vergessen@p.example');
    expect(await request('Vergessen@p.example')).toEqual({ accepted: true, error: null });
    const { token, body } = await mailTo('vergessen@p.example');
    expect(body).toContain('http://localhost:3000/reset-password?token=');
    expect((await reset(token, 'kurz')).error.code).toBe('WEAK_PASSWORD');
    expect(await reset(token, NEW)).toEqual({ email: 'vergessen@p.example', error: null });
    expect(await house.identity.isSessionActive(caller.sessionId as string)).toBe(false);
    expect((await signIn('vergessen@p.example', NEW)).error).toBeNull();
    expect((await reset(token, `${NEW}!`)).error.code).toBe('INVALID_TOKEN');
  });

  test('an unknown address gets the same answer and no mail', async () => {
    expect(await request('unbekannt@p.example')).toEqual({ accepted: true, error: null });
    await expect(mailTo('unbekannt@p.example')).rejects.toThrow('No mail');
  });

  test('no more than three mails an hour', async () => {
    await owner('Flut', 'flut@p.example');
    for (let time = 0; time < 6; time++) await request('flut@p.example');
    expect(await sql(`SELECT FROM identity.mail WHERE recipient = 'flut@p.example'`)).toHaveLength(3);
  });

  test('INVALID_TOKEN for an expired and an invented link', async () => {
    await owner('Alt', 'alt@p.example');
    await request('alt@p.example');
    const { token } = await mailTo('alt@p.example');
    await sql(`UPDATE identity.password_reset SET created_at = now() - interval '61 minutes'`);
    expect((await reset(token, NEW)).error.code).toBe('INVALID_TOKEN');
    expect((await reset('erfunden', NEW)).error.code).toBe('INVALID_TOKEN');
  });
});

test('the operator sets a one-time password', async () => {
  await owner('Ausgesperrt', 'raus@p.example');
  const password = await resetPasswordOf(house.services.database, ' Raus@p.example ');
  expect((await signIn('raus@p.example', password)).error).toBeNull();
  await expect(resetPasswordOf(house.services.database, 'wer@p.example')).rejects.toThrow('no account');
});

test.each([
  ['Tr0ub4dor&3', true],
  ['demo-valeo-2026', false],
  ['abcabcabcabcabc', true],
  ['qwertzuiop1234', true],
  ['max.mustermann1', true],
  ['korrekt pferd batterie', false],
])('%s is easy to guess: %s', (password, weak) => {
  expect(isWeakPassword(password, 'max.mustermann@x.example')).toBe(weak);
});
