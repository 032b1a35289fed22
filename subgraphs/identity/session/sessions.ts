import type { Ctx } from '@valeo/kit/context.ts';
import type { Permission } from '@valeo/kit/permissions.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { and, asc, desc, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { SignJWT } from 'jose';
import { currentSigningKey } from '../key/signing-keys.ts';
import { permissionsOfRole } from '../role/role.queries.ts';
import { hashSecret, randomSecret } from '../secrets.ts';
import { membership, type UserAccount, user, userCompany } from '../user/user.tables.ts';
import { forgetSessions } from './active-sessions.ts';
import { refreshToken, session } from './session.tables.ts';

export const ACCESS_COOKIE = 'valeo_access';
export const REFRESH_COOKIE = 'valeo_refresh';
const ACCESS_SECONDS = 600;
/** A session that nobody uses for so long ends. */
export const SESSION_DAYS = 30;

/** Everything that a token says, found inside a transaction; signed after it. */
export interface OpenSession {
  readonly account: Pick<UserAccount, 'id' | 'email' | 'name' | 'locale'>;
  readonly companyId: string;
  readonly sessionId: string;
  readonly permissions: readonly Permission[];
  /** Absent when the session keeps its refresh token. */
  readonly refreshToken?: string;
}

/** What the caller gets of it. */
export interface Grant {
  readonly accessToken: string;
  readonly expiresAt: string;
}

/** Makes a session in the given company, or in the one used last. Null when the person belongs to no company. */
export async function startSession(
  ctx: Ctx,
  tx: Tx,
  account: UserAccount,
  wanted: string | null = account.lastCompanyId,
): Promise<OpenSession | null> {
  const companies = await tx.db
    .select({ id: userCompany.companyId })
    .from(userCompany)
    .where(eq(userCompany.userId, account.id))
    .orderBy(asc(userCompany.companyId));
  const companyId = companies.find(({ id }) => id === wanted)?.id ?? companies[0]?.id;
  if (!companyId) return null;
  const permissions = await enterCompany(tx, account.id, companyId);
  if (!permissions) return null;

  const [made] = await tx.db
    .insert(session)
    .values({
      userId: account.id,
      companyId,
      userAgent: (ctx.call.http?.userAgent ?? '').slice(0, 300),
      ip: (ctx.call.http?.ip ?? '').slice(0, 60),
    })
    .returning({ id: session.id });
  const sessionId = made?.id as string;
  const token = randomSecret();
  await tx.db.insert(refreshToken).values({ hash: hashSecret(token), sessionId });
  await tx.db.update(user).set({ lastCompanyId: companyId }).where(eq(user.id, account.id));
  return { account, companyId, sessionId, permissions, refreshToken: token };
}

/** Works for the company from here on; answers what the person may do there, or null when it is not theirs. */
export async function enterCompany(tx: Tx, userId: string, companyId: string): Promise<readonly Permission[] | null> {
  await tx.enter(companyId);
  const [member] = await tx.db.select({ roleId: membership.roleId }).from(membership).where(eq(membership.id, userId));
  return member ? permissionsOfRole(tx, member.roleId) : null;
}

/** Signs the access token and sets the cookies. After the commit: a token for a session that does not exist is no use. */
export async function grant(ctx: Ctx, open: OpenSession): Promise<Grant> {
  const { kid, privateKey } = await currentSigningKey(ctx.services.database, ctx.services.installation.secret);
  const expires = Math.floor(Date.now() / 1000) + ACCESS_SECONDS;
  const accessToken = await new SignJWT({
    tid: open.companyId,
    sid: open.sessionId,
    scope: open.permissions.join(' '),
    locale: open.account.locale,
  })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
    .setIssuer('valeo')
    .setAudience('valeo-api')
    .setSubject(open.account.id)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(privateKey);
  setCookie(ctx, ACCESS_COOKIE, accessToken, ACCESS_SECONDS);
  if (open.refreshToken) setCookie(ctx, REFRESH_COOKIE, open.refreshToken, SESSION_DAYS * 86_400);
  return { accessToken, expiresAt: new Date(expires * 1000).toISOString() };
}

export function clearCookies(ctx: Ctx): void {
  for (const name of [ACCESS_COOKIE, REFRESH_COOKIE]) setCookie(ctx, name, '', 0);
}

/** httpOnly and SameSite=Lax are the gateway's doing. */
function setCookie(ctx: Ctx, name: string, value: string, maxAgeSeconds: number): void {
  const secure = ctx.services.installation.publicUrl.startsWith('https:');
  ctx.call.http?.setCookie(name, value, { maxAgeSeconds, secure, path: '/' });
}

/** Ends sessions; which, says the condition. Their access tokens stop working at once. */
export async function endSessions(tx: Tx, which: SQL | undefined): Promise<number> {
  const ended = await tx.db
    .update(session)
    .set({ endedAt: sql`now()` })
    .where(and(isNull(session.endedAt), which))
    .returning({ id: session.id });
  return ended.length;
}

export const sessionsOf = (userId: string, except?: string | null): SQL | undefined =>
  and(eq(session.userId, userId), except ? ne(session.id, except) : undefined);

export const sessionsIn = (userId: string, companyId: string): SQL | undefined =>
  and(eq(session.userId, userId), eq(session.companyId, companyId));

/** Ends sessions in a transaction of its own and lets this process know at once. */
export async function endSessionsNow(ctx: Ctx, which: SQL | undefined): Promise<number> {
  const ended = await ctx.transaction((tx) => endSessions(tx, which));
  forgetSessions(ctx.services.database);
  return ended;
}

/** The caller's own sessions that are still open, the latest used first. */
export async function ownSessions(ctx: Ctx) {
  const { userId, sessionId } = ctx.caller;
  if (!userId) return [];
  const tx = await ctx.read();
  const rows = await tx.db
    .select()
    .from(session)
    .where(and(eq(session.userId, userId), isNull(session.endedAt)))
    .orderBy(desc(session.lastUsedAt))
    .limit(100);
  return rows.map((row) => ({ ...row, current: row.id === sessionId }));
}

/** Forgets sessions that have been over or unused for long, with their tokens. */
export async function dropOldSessions(tx: Tx): Promise<void> {
  const old = tx.db
    .select({ id: session.id })
    .from(session)
    .where(sql`${session.lastUsedAt} < now() - make_interval(days => ${SESSION_DAYS})`)
    .limit(1000);
  await tx.db.delete(session).where(inArray(session.id, old));
}
