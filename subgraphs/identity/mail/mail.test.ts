import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Database } from '@valeo/kit/tenant-db.ts';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityUpkeep } from '../identity-upkeep.ts';
import { systemSession } from '../system-session.ts';
import { identityHouse } from '../testing/house.ts';
import { enqueueMail } from './enqueue-mail.ts';
import { letter, letters } from './mail.texts.ts';
import { mailPages } from './mail-pages.ts';
import { sendMails, sendWaiting } from './send-mail.ts';

const house = await identityHouse();
const { sql } = house;
const database: Database = house.services.database;

const write = (email: string, params: Record<string, string> = { name: 'Ada', link: 'https://x.example/?token=1' }) =>
  database.transaction(systemSession, (tx) => enqueueMail(tx, { email, locale: 'de' }, 'passwordReset', params));
const stateOf = async (email: string) =>
  (
    await sql<{ state: string; attempts: number }>('SELECT state, attempts FROM identity.mail WHERE recipient = $1', [
      email,
    ])
  )[0];

describe('sending', () => {
  test('each mail goes out once, also with two senders', async () => {
    for (let n = 0; n < 30; n++) await write(`empfaenger${n}@x.example`);
    const sent: string[] = [];
    const transport = createTransport({ jsonTransport: true });
    transport.use('compile', (mail, done) => {
      sent.push(String(mail.data.to));
      done();
    });
    const drain = async () => {
      while ((await sendWaiting(database, transport, 'VALEO <erp@x.example>')) > 0);
    };
    await Promise.all([drain(), drain()]);
    expect(sent).toHaveLength(30);
    expect(new Set(sent).size).toBe(30);
    expect(await stateOf('empfaenger7@x.example')).toEqual({ state: 'SENT', attempts: 1 });
  });

  test('a mail that cannot be sent is tried again later, and given up after eight times', async () => {
    await write('kaputt@x.example');
    const broken = createTransport({ host: '127.0.0.1', port: 1 });
    await sendWaiting(database, broken, 'erp@x.example');
    expect(await stateOf('kaputt@x.example')).toEqual({ state: 'WAITING', attempts: 1 });
    // Not before its time.
    expect(await sendWaiting(database, broken, 'erp@x.example')).toBe(0);
    await sql(`UPDATE identity.mail SET due_at = now(), attempts = 7 WHERE recipient = 'kaputt@x.example'`);
    await sendWaiting(database, broken, 'erp@x.example');
    expect(await stateOf('kaputt@x.example')).toEqual({ state: 'FAILED', attempts: 8 });
  });
});

test('the sender works until it is told to stop', async () => {
  await write('laeuft@x.example');
  const stop = new AbortController();
  const sender = sendMails(database, { smtpUrl: 'smtp://127.0.0.1:1', from: 'erp@x.example' }, stop.signal);
  await expect.poll(() => stateOf('laeuft@x.example')).toMatchObject({ attempts: 1 });
  stop.abort();
  await sender;
});

describe('letters', () => {
  test('a name cannot smuggle lines into a mail', () => {
    const { subject, body } = letter('invitation', 'en', { company: 'X\r\nBcc: all@x.example', inviter: 'A\nB' });
    expect(subject).toBe('Invitation to X Bcc: all@x.example in VALEO NeuroERP');
    expect(body).toContain('A B invites you');
  });

  test('both languages ask for the same parameters', () => {
    const parameters = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
    for (const { de, en } of Object.values(letters)) {
      expect(parameters(de.subject + de.body)).toEqual(parameters(en.subject + en.body));
    }
  });
});

describe('the capture page', () => {
  let server: Server;
  beforeAll(async () => {
    const pages = mailPages(database);
    server = createServer(async (req, res) => {
      if (!(await pages(req, res))) res.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  const get = (path: string, more: Record<string, string> = {}) =>
    new Promise<{ status: number; text: string; policy: string }>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const asked = request({ port, path, headers: { host: `127.0.0.1:${port}`, ...more } }, (res) => {
        let text = '';
        res.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        res.on('end', () =>
          resolve({ status: res.statusCode ?? 0, text, policy: String(res.headers['content-security-policy']) }),
        );
      });
      asked.on('error', reject).end();
    });

  test('lists the mails and shows one, with its link and without a script', async () => {
    await write('boese@x.example', { name: '<script>alert(1)</script>', link: 'https://x.example/reset?token=abc' });
    const [mail] = await sql<{ id: string }>(`SELECT id FROM identity.mail WHERE recipient = 'boese@x.example'`);
    const list = await get('/mail');
    expect(list.status).toBe(200);
    expect(list.text).toContain(`<a href="/mail/${mail?.id}">Neues Passwort für VALEO NeuroERP</a>`);
    const one = await get(`/mail/${mail?.id}`);
    expect(one.text).toContain('<a href="https://x.example/reset?token=abc"');
    expect(one.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(one.text).not.toContain('<script');
    expect(one.policy).toContain("default-src 'none'");
  });

  test('is not there for other hosts, ids and paths', async () => {
    expect((await get('/mail', { host: 'evil.example' })).status).toBe(404);
    expect((await get('/mail/garbage')).status).toBe(404);
    expect((await get('/mails')).status).toBe(404);
  });

  test('is there by way of the web app of this machine, and not for whom a proxy of it speaks', async () => {
    const asked = async (headers: Record<string, string>) => (await get('/mail', headers)).status;
    expect(await asked({ 'x-forwarded-for': '127.0.0.1' })).toBe(200);
    expect(await asked({ 'x-forwarded-for': '203.0.113.5, 127.0.0.1' })).toBe(404);
    expect(await asked({ 'x-real-ip': '203.0.113.5' })).toBe(404);
  });
});

test('upkeep forgets what is over and keeps what is not', async () => {
  await house.signUp('Rest', 'rest@x.example');
  await sql(`UPDATE identity.session SET last_used_at = now() - interval '31 days'`);
  await house.signUp('Neu', 'neu@x.example');
  await house.signIn('neu@x.example', 'falsch');
  await sql(`UPDATE identity.failed_sign_in SET last_at = now() - interval '2 hours' WHERE key LIKE 'ip:%'`);
  await sql(`UPDATE identity.mail SET created_at = now() - interval '8 days' WHERE recipient LIKE 'empfaenger%'`);
  await identityUpkeep(database);
  const [left] = await sql(
    `SELECT (SELECT count(*)::int FROM identity.session) AS sessions, (SELECT count(*)::int FROM identity.refresh_token) AS tokens,
            (SELECT count(*)::int FROM identity.failed_sign_in) AS failures,
            (SELECT count(*)::int FROM identity.mail WHERE recipient LIKE 'empfaenger%') AS mails`,
  );
  expect(left).toEqual({ sessions: 1, tokens: 1, failures: 1, mails: 0 });
});
