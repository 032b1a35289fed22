import type { IncomingMessage, ServerResponse } from 'node:http';
import { isId } from '@valeo/kit/ids.ts';
import type { Database } from '@valeo/kit/tenant-db.ts';
import { desc, eq } from 'drizzle-orm';
import { systemSession } from '../system-session.ts';
import { mail } from './mail.tables.ts';

type Mail = typeof mail.$inferSelect;

const LOOPBACK = /^(::1|(::ffff:)?127\.)/;
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * `/mail` and `/mail/<id>`: the mails of an installation that has no SMTP server, for trying things out. Mails hold links
 * that give access, so only this machine gets to see them. Answers false for other addresses.
 */
export function mailPages(database: Database) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, root, id, ...rest] = pathname.split('/');
    if (root !== 'mail' || rest.length > 0 || request.method !== 'GET' || !isLocal(request)) return false;
    const found = await database.transaction(systemSession, (tx) =>
      tx.db
        .select()
        .from(mail)
        .where(id ? eq(mail.id, isId(id) ? id : '00000000-0000-0000-0000-000000000000') : undefined)
        .orderBy(desc(mail.createdAt))
        .limit(100),
    );
    const [first] = found;
    if (id && !first) return false;
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(id && first ? page(first.subject, one(first)) : page('Mail', list(found)));
    return true;
  };
}

/**
 * The name in the request guards against pages of other sites that have their name resolve to this machine, and the addresses that
 * proxies of this machine have passed on against everybody behind them.
 */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const passedOn = [headers['x-forwarded-for'] ?? [], headers['x-real-ip'] ?? []]
    .flat()
    .flatMap((each) => each.split(','));
  const addresses = [socket.remoteAddress ?? '', ...passedOn];
  return LOCAL_HOST.test(headers.host ?? '') && addresses.every((address) => LOOPBACK.test(address.trim()));
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] as string);

const page = (title: string, content: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
  table { border-collapse: collapse; width: 100% } td, th { text-align: start; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #8884 }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit } dt { opacity: .7 } dd { margin: 0 0 .4rem }
</style>
<body>${content}</body></html>`;

const list = (mails: readonly Mail[]) => `<h1>Mail</h1>
<p>This installation has no SMTP server, so mails are shown here instead of being sent.</p>
${mails.length === 0 ? '<p>There are no mails.</p>' : ''}
<table>${mails
  .map(
    (entry) =>
      `<tr><td>${escaped(entry.createdAt.slice(0, 19))}</td><td>${escaped(entry.recipient)}</td><td><a href="/mail/${entry.id}">${escaped(entry.subject)}</a></td></tr>`,
  )
  .join('')}</table>`;

const one = (entry: Mail) => `<p><a href="/mail">All mails</a></p><h1>${escaped(entry.subject)}</h1>
<dl><dt>To</dt><dd>${escaped(entry.recipient)}</dd><dt>Written</dt><dd>${escaped(entry.createdAt.slice(0, 19))} UTC</dd></dl>
<pre>${linked(escaped(entry.body))}</pre>`;

/** Addresses become links; the text is escaped already, so nothing else can. */
const linked = (text: string) =>
  text.replace(/https?:\/\/[^\s<]+/g, (address) => `<a href="${address}" rel="noreferrer">${address}</a>`);
