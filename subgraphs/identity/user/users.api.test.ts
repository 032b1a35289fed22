import { newId } from '@valeo/kit/ids.ts';
import { published } from '@valeo/kit/published.ts';
import { describe, expect, test } from 'vitest';
import { identityHouse, PASSWORD } from '../testing/house.ts';

const house = await identityHouse();
const { ask, answer, sql, signIn, callerOf, mailTo, owner, colleague } = house;
const one = await owner('Eins GmbH', 'chef@eins.example');
const two = await owner('Zwei GmbH', 'chef@zwei.example');

const INVITE = `mutation ($input: InviteUserInput!) { inviteUser(input: $input) { invitation { id email status role { id name } } error { code fields { path code } } } }`;
const ACCEPT = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { accessToken user { id email } error { code } } }`;
const invite = async (input: object, caller = one) => (await ask(caller, INVITE, { input })).inviteUser;
const accept = async (input: object) => (await ask(null, ACCEPT, { input })).acceptInvitation;
const CHANGE_ROLE = `mutation ($userId: ID!, $roleId: ID!) { changeUserRole(input: { userId: $userId, roleId: $roleId }) { user { role { id } } error { code } } }`;
const changeRole = async (userId: string | null, roleId: string, caller = one) =>
  (await ask(caller, CHANGE_ROLE, { userId, roleId })).changeUserRole;
const REMOVE = `mutation ($userId: ID!) { removeUser(input: { userId: $userId }) { userId error { code } } }`;
const remove = async (userId: string | null, caller = one) => (await ask(caller, REMOVE, { userId })).removeUser;
const ROLE = `mutation ($input: CreateRoleInput!) { createRole(input: $input) { role { id name permissions version } error { code fields { path code } } } }`;
const createRole = async (input: object, caller = one) => (await ask(caller, ROLE, { input })).createRole;

describe('inviting a colleague', () => {
  test('by mail with a role; accepting makes an account and signs in', async () => {
    const { invitation, error } = await invite({ email: 'Neu@eins.example', roleId: 'sales', locale: 'de' });
    expect(error).toBeNull();
    expect(invitation).toMatchObject({
      email: 'neu@eins.example',
      status: 'OPEN',
      role: { id: 'sales', name: 'Sales' },
    });
    const mail = await mailTo('neu@eins.example');
    expect(mail.subject).toBe('Einladung zu Eins GmbH in VALEO NeuroERP');
    expect(mail.body).toContain('http://localhost:3000/invitation?token=');
    const { invitationPreview } = await ask(
      null,
      `{ invitationPreview(token: "${mail.token}") { companyName email roleName accountExists } }`,
    );
    expect(invitationPreview).toEqual({
      companyName: 'Eins GmbH',
      email: 'neu@eins.example',
      roleName: 'Sales',
      accountExists: false,
    });

    const { accessToken, user } = await accept({ token: mail.token, password: PASSWORD, name: 'Nina Neu' });
    expect(user.email).toBe('neu@eins.example');
    const caller = await callerOf(accessToken);
    expect(caller.tenantId).toBe(one.tenantId);
    expect(caller.permissions).toContain('sales:post');
    expect(caller.permissions).not.toContain('finance:read');
    const { users } = await ask(
      one,
      '{ users(filter: { name: { eq: "Nina Neu" } }) { totalCount edges { node { email role { id } } } } }',
    );
    expect(users).toEqual({ totalCount: 1, edges: [{ node: { email: 'neu@eins.example', role: { id: 'sales' } } }] });
    const again = await accept({ token: mail.token, password: PASSWORD });
    expect(again.error.code).toBe('INVALID_TOKEN');
  });

  test('somebody with an account joins with its password and keeps the other company', async () => {
    await invite({ email: 'chef@zwei.example', roleId: 'accountant' });
    const { token } = await mailTo('chef@zwei.example');
    expect((await accept({ token, password: 'falsches Passwort 1' })).error.code).toBe('INVALID_CREDENTIALS');
    const caller = await callerOf((await accept({ token, password: PASSWORD })).accessToken);
    const { viewer } = await ask(caller, '{ viewer { companies { name current } } }');
    expect(viewer.companies).toEqual([
      { name: 'Eins GmbH', current: true },
      { name: 'Zwei GmbH', current: false },
    ]);
  });

  test('WEAK_PASSWORD and TOO_MANY_ATTEMPTS when accepting', async () => {
    await invite({ email: 'schwach@eins.example', roleId: 'sales' });
    const { token } = await mailTo('schwach@eins.example');
    expect((await accept({ token, password: 'kurz' })).error.code).toBe('WEAK_PASSWORD');
    await owner('Drei', 'drei@drei.example');
    await invite({ email: 'drei@drei.example', roleId: 'sales' });
    const of3 = (await mailTo('drei@drei.example')).token;
    for (let time = 0; time < 5; time++) await accept({ token: of3, password: 'falsch' });
    expect((await accept({ token: of3, password: PASSWORD })).error.code).toBe('TOO_MANY_ATTEMPTS');
  });

  test('INVALID_TOKEN for expired, revoked, replaced and invented links', async () => {
    const first = await invite({ email: 'spaet@eins.example', roleId: 'sales' });
    const replaced = (await mailTo('spaet@eins.example')).token;
    const second = await invite({ email: 'spaet@eins.example', roleId: 'sales' });
    const { token } = await mailTo('spaet@eins.example');
    const REVOKE = `mutation ($id: ID!) { revokeInvitation(input: { id: $id }) { invitation { status } error { code } } }`;
    const revoke = async (id: string, caller = one) => (await ask(caller, REVOKE, { id })).revokeInvitation;
    expect((await revoke(second.invitation.id, two)).error.code).toBe('NOT_FOUND');
    expect((await revoke(first.invitation.id)).error.code).toBe('NOT_FOUND');
    expect((await accept({ token: replaced, password: PASSWORD })).error.code).toBe('INVALID_TOKEN');
    expect((await revoke(second.invitation.id)).invitation.status).toBe('REVOKED');
    for (const bad of [token, 'erfunden', 'A'.repeat(64)]) {
      expect((await accept({ token: bad, password: PASSWORD })).error.code).toBe('INVALID_TOKEN');
    }
    await invite({ email: 'abgelaufen@eins.example', roleId: 'sales' });
    const old = (await mailTo('abgelaufen@eins.example')).token;
    await sql(
      `UPDATE identity.invitation SET expires_at = now() - interval '1 second' WHERE email = 'abgelaufen@eins.example'`,
      [],
      one,
    );
    expect((await accept({ token: old, password: PASSWORD })).error.code).toBe('INVALID_TOKEN');
    expect((await ask(null, `{ invitationPreview(token: "${old}") { email } }`)).invitationPreview).toBeNull();
  });

  test('ALREADY_MEMBER, NOT_FOUND for an unknown role, FORBIDDEN without the right', async () => {
    expect((await invite({ email: 'chef@eins.example', roleId: 'sales' })).error).toMatchObject({
      code: 'ALREADY_MEMBER',
      fields: [{ path: 'email' }],
    });
    for (const roleId of ['kaiser', newId(), 'constructor']) {
      expect((await invite({ email: 'x@x.example', roleId })).error.code).toBe('NOT_FOUND');
    }
    const seller = await colleague(one, 'verkauf@eins.example', 'sales');
    const refused = await answer(seller, INVITE, { input: { email: 'y@x.example', roleId: 'sales' } });
    expect(refused.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  test('a mail is sent only if the invitation is kept', async () => {
    const before = await sql('SELECT FROM identity.mail');
    await invite({ email: 'chef@eins.example', roleId: 'sales' });
    expect(await sql('SELECT FROM identity.mail')).toHaveLength(before.length);
  });
});

describe('roles', () => {
  test('the built-in ones are there, an own one can be made, given, changed and deleted', async () => {
    const { role, error } = await createRole({ name: 'Aushilfe', permissions: ['crm:read', 'sales:read'] });
    expect(error).toBeNull();
    const { roles } = await ask(one, '{ roles { id name builtIn } }');
    expect(roles.map(({ id }: { id: string }) => id)).toEqual([
      'owner',
      'accountant',
      'sales',
      'warehouse',
      'purchasing',
      'auditor',
      role.id,
    ]);
    expect((await ask(two, '{ roles { name } }')).roles).toHaveLength(6);

    const helper = await colleague(one, 'hilfe@eins.example', role.id);
    expect(helper.permissions).toEqual(['crm:read', 'sales:read']);
    const { user } = await ask(
      one,
      `{ user(id: "${helper.userId}") { role { name builtIn permissions } joinedAt } permissions }`,
    );
    expect(user.role).toEqual({ name: 'Aushilfe', builtIn: false, permissions: ['crm:read', 'sales:read'] });
    const update = async (input: string) =>
      (
        await ask(
          one,
          `mutation { updateRole(input: { id: "${role.id}", ${input} }) { role { version permissions } error { code } } }`,
        )
      ).updateRole;
    expect((await update('version: 1, permissions: ["crm:read"]')).role).toEqual({
      version: 2,
      permissions: ['crm:read'],
    });
    expect((await update('version: 1, name: "Anders"')).error.code).toBe('CONFLICT');
    expect((await callerOf((await signIn('hilfe@eins.example')).accessToken)).permissions).toEqual(['crm:read']);

    const drop = async () =>
      (await ask(one, `mutation { deleteRole(input: { id: "${role.id}" }) { roleId error { code } } }`)).deleteRole;
    expect((await drop()).error.code).toBe('ROLE_IN_USE');
    expect((await changeRole(helper.userId, 'warehouse')).user.role.id).toBe('warehouse');
    expect((await drop()).roleId).toBe(role.id);
    expect((await drop()).error.code).toBe('NOT_FOUND');
  });

  test('NAME_TAKEN, INVALID_INPUT and NOT_FOUND', async () => {
    const { role } = await createRole({ name: 'Einmalig', permissions: ['crm:read'] });
    expect((await createRole({ name: 'Einmalig', permissions: ['crm:read'] })).error).toMatchObject({
      code: 'NAME_TAKEN',
      fields: [{ path: 'name' }],
    });
    expect((await createRole({ name: 'Einmalig', permissions: ['crm:read'] }, two)).error).toBeNull();
    expect((await createRole({ name: 'X', permissions: ['alles'] })).error).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'permissions.0' }],
    });
    const update = `mutation { updateRole(input: { id: "${role.id}", version: 1, name: "Y" }) { error { code } } }`;
    expect((await ask(two, update)).updateRole.error.code).toBe('NOT_FOUND');
  });

  test('ROLE_NOT_ALLOWED: nobody gives, makes or takes away rights that he does not have', async () => {
    const { role } = await createRole({ name: 'Personal', permissions: ['company:read', 'users:manage', 'crm:read'] });
    const staff = await colleague(one, 'personal@eins.example', role.id);
    expect((await invite({ email: 'z@eins.example', roleId: 'owner' }, staff)).error.code).toBe('ROLE_NOT_ALLOWED');
    expect((await createRole({ name: 'Mehr', permissions: ['finance:post'] }, staff)).error.code).toBe(
      'ROLE_NOT_ALLOWED',
    );
    expect((await changeRole(staff.userId, 'owner', staff)).error.code).toBe('ROLE_NOT_ALLOWED');
    expect((await changeRole(one.userId, role.id, staff)).error.code).toBe('ROLE_NOT_ALLOWED');
    expect((await remove(one.userId, staff)).error.code).toBe('ROLE_NOT_ALLOWED');
  });

  test('the auditor reads everything and writes nothing', async () => {
    const auditor = await colleague(one, 'pruefer@eins.example', 'auditor');
    expect(auditor.permissions).toEqual(expect.arrayContaining(['finance:read', 'audit:read', 'sales:read']));
    expect(auditor.permissions.filter((permission) => !permission.endsWith(':read'))).toEqual([]);
  });
});

describe('users', () => {
  test('LAST_OWNER stays owner and stays', async () => {
    expect((await changeRole(two.userId, 'sales', two)).error.code).toBe('LAST_OWNER');
    expect((await remove(two.userId, two)).error.code).toBe('LAST_OWNER');
    const second = await colleague(two, 'zweiter@zwei.example', 'owner');
    const both = await Promise.all([remove(two.userId, second), remove(second.userId, two)]);
    expect(both.filter(({ error }) => error === null)).toHaveLength(1);
    const { users } = await ask(one, '{ users { totalCount } }');
    expect(users.totalCount).toBeGreaterThan(3);
  });

  test('who is removed is out at once, and only of this company', async () => {
    const person = await colleague(one, 'geht@eins.example', 'sales');
    const elsewhere = await owner('Eigene Firma', 'geht@eins.example');
    expect(await house.identity.isSessionActive(person.sessionId as string)).toBe(true);
    expect((await remove(person.userId)).error).toBeNull();
    expect(await house.identity.isSessionActive(person.sessionId as string)).toBe(false);
    expect(await house.identity.isSessionActive(elsewhere.sessionId as string)).toBe(true);
    expect((await callerOf((await signIn('geht@eins.example')).accessToken)).tenantId).toBe(elsewhere.tenantId);
    expect((await ask(one, `{ user(id: "${person.userId}") { id } }`)).user).toBeNull();
    expect((await remove(person.userId)).error.code).toBe('NOT_FOUND');
  });

  test('NOT_FOUND for people of other companies', async () => {
    const other = await owner('Nachbar', 'nachbar@x.example');
    expect((await changeRole(one.userId, 'sales', other)).error.code).toBe('NOT_FOUND');
    expect((await remove(one.userId, other)).error.code).toBe('NOT_FOUND');
    expect(await ask(other, `{ user(id: "${one.userId}") { id } users { totalCount } }`)).toEqual({
      user: null,
      users: { totalCount: 1 },
    });
  });

  test('a new name shows in every company of the person, a new language in the next token', async () => {
    const first = await owner('Namen Eins', 'namen@x.example');
    await owner('Namen Zwei', 'namen@x.example');
    const { updateProfile } = await ask(
      first,
      'mutation { updateProfile(input: { name: "Neuer Name", locale: "de" }) { user { name } error { code } } }',
    );
    expect(updateProfile).toEqual({ user: { name: 'Neuer Name' }, error: null });
    const names = await sql('SELECT DISTINCT name FROM identity.membership WHERE id = $1', [first.userId]);
    expect(names).toEqual([{ name: 'Neuer Name' }]);
    expect((await callerOf((await signIn('namen@x.example')).accessToken)).locale).toBe('de');
    const client = { ...first, userId: null, clientId: newId() };
    expect(
      (await ask(client, 'mutation { updateProfile(input: { name: "X" }) { error { code } } }')).updateProfile.error
        .code,
    ).toBe('NOT_FOUND');
  });
});

describe('the company', () => {
  const UPDATE = `mutation ($input: UpdateCompanyInput!) { updateCompany(input: $input) {
    company { name vatId iban bic taxNumber country version address { city } } error { code fields { path code } } } }`;
  const update = async (input: object, caller = one) => (await ask(caller, UPDATE, { input })).updateCompany;

  test('keeps its master data and publishes them', async () => {
    const { company, error } = await update({
      version: 1,
      name: 'Eins Handels GmbH',
      address: { street: 'Kai 1', postalCode: '20457', city: 'Hamburg', country: 'DE' },
      taxNumber: '48/123/01234',
      vatId: 'DE 123456788',
      iban: 'DE02 1203 0000 0000 2020 51',
      bic: 'BYLADEM1001',
    });
    expect(error).toBeNull();
    expect(company).toEqual({
      name: 'Eins Handels GmbH',
      vatId: 'DE123456788',
      iban: 'DE02120300000000202051',
      bic: 'BYLADEM1001',
      taxNumber: '48/123/01234',
      country: 'DE',
      version: 2,
      address: { city: 'Hamburg' },
    });
    const session = { domain: 'identity', tenantId: one.tenantId, userId: null, requestId: 'test' };
    const state = await house.services.database.transaction(session, (tx) =>
      published(tx, 'identity.Company', [one.tenantId]),
    );
    expect(state.get(one.tenantId)).toMatchObject({
      name: 'Eins Handels GmbH',
      chart: 'SKR03',
      fiscalYearStartMonth: 1,
      vatId: 'DE123456788',
      currency: 'EUR',
    });
    const { viewer } = await ask(one, '{ viewer { company { name } companies { name } } }');
    expect(viewer).toEqual({ company: { name: 'Eins Handels GmbH' }, companies: [{ name: 'Eins Handels GmbH' }] });
  });

  test('INVALID_INPUT, CONFLICT and FORBIDDEN', async () => {
    const { error } = await update({ version: 2, vatId: 'DE123456789', iban: 'DE00', bic: 'X', taxNumber: '1' });
    expect(error.fields.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
      ['taxNumber', 'INVALID_TAX_NUMBER'],
      ['vatId', 'WRONG_CHECK_DIGIT'],
      ['iban', 'INVALID_IBAN'],
      ['bic', 'INVALID_BIC'],
    ]);
    expect((await update({ version: 1, name: 'Alt' })).error).toMatchObject({
      code: 'CONFLICT',
      fields: [{ path: 'name', code: 'CHANGED_MEANWHILE' }],
    });
    const seller = await colleague(one, 'vertrieb2@eins.example', 'sales');
    expect((await answer(seller, UPDATE, { input: { version: 2, name: 'Meins' } })).errors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
  });
});
