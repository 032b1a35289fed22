import type { Caller } from '@valeo/kit/caller.ts';
import type { Permission } from '@valeo/kit/permissions.ts';
import { testHttp, twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { identity } from '../identity.subgraph.ts';
import { identityServices } from '../identity-services.ts';

export const PASSWORD = 'eine lange Passphrase 7';

/** This domain with people who sign up, sign in and call as the gateway would let them. */
export async function identityHouse() {
  const world = await twoTenants(identity);
  const { database, installation } = world.services;
  const services = identityServices(database, installation.secret);

  /** The caller of an access token, verified as the gateway does. */
  async function callerOf(accessToken: string): Promise<Caller> {
    const { payload } = await jwtVerify(accessToken, createLocalJWKSet(await services.jwks()), {
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      issuer: 'valeo',
      audience: 'valeo-api',
    });
    return {
      tenantId: payload.tid as string,
      userId: payload.sub as string,
      clientId: null,
      sessionId: payload.sid as string,
      permissions: (payload.scope as string).split(' ').filter(Boolean) as Permission[],
      locale: payload.locale as 'de' | 'en',
      budget: null,
    };
  }

  const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) {
    accessToken expiresAt user { id email name } error { code message fields { path code } } } }`;
  const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) {
    accessToken expiresAt user { id email } error { code message } } }`;

  const signUp = async (companyName: string, email: string, more: object = {}, http = testHttp()) =>
    (
      await world.ask(
        null,
        SIGN_UP,
        { input: { companyName, email, password: PASSWORD, locale: 'en', ...more } },
        { http },
      )
    ).signUp;
  const signIn = async (email: string, password = PASSWORD, http = testHttp()) =>
    (await world.ask(null, SIGN_IN, { input: { email, password } }, { http })).signIn;

  /** A new company; its owner, signed in. */
  const owner = async (companyName: string, email: string): Promise<Caller> =>
    callerOf((await signUp(companyName, email)).accessToken);

  /** The latest mail to an address. */
  async function mailTo(email: string): Promise<{ subject: string; body: string; token: string }> {
    const [mail] = await world.sql<{ subject: string; body: string }>(
      'SELECT subject, body FROM identity.mail WHERE recipient = $1 ORDER BY created_at DESC LIMIT 1',
      [email],
    );
    if (!mail) throw new Error(`No mail to ${email}`);
    return { ...mail, token: /token=([\w-]+)/.exec(mail.body)?.[1] ?? '' };
  }

  /** A colleague who has accepted an invitation. */
  async function colleague(inviter: Caller, email: string, roleId: string): Promise<Caller> {
    const invited = await world.ask(
      inviter,
      `mutation { inviteUser(input: { email: "${email}", roleId: "${roleId}" }) { error { code } } }`,
    );
    if (invited.inviteUser.error) throw new Error(invited.inviteUser.error.code);
    const { token } = await mailTo(email);
    const { acceptInvitation } = await world.ask(
      null,
      `mutation ($password: String!) { acceptInvitation(input: { token: "${token}", password: $password }) { accessToken error { code } } }`,
      { password: PASSWORD },
    );
    return callerOf(acceptInvitation.accessToken);
  }

  return { ...world, identity: services, callerOf, signUp, signIn, owner, colleague, mailTo };
}
