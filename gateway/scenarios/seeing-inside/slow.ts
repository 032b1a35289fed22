import { post, startToys, toy } from '../toys.ts';

/** A gateway whose log is read from outside: everything takes too long for it, and one field fails. */
function broken(): never {
  throw new Error('the disk is full');
}
const shop = toy(
  'shop',
  'type Query { echo(text: String): String broken: String } type Subscription { news: News closed: News } type News { broken: String }',
  {
    Query: { echo: () => 'ok', broken },
    Subscription: {
      news: {
        subscribe: async function* () {
          yield { news: {} };
        },
      },
      closed: { subscribe: broken },
    },
    News: { broken },
  },
);
const gateway = await startToys([shop], { log: 'info', slowMs: 0, redactErrors: true });
await post(
  gateway.url,
  { query: 'query Slow($text: String) { echo(text: $text) }', variables: { text: 'secret' } },
  { 'x-request-id': 'the-request' },
);
const long = `query ${'Long'.repeat(5_000)} { echo(text: "${'x'.repeat(50_000)}") }`;
await post(gateway.url, { query: long }, { 'x-request-id': 'the-long-request' });
const { body } = await post(gateway.url, { query: '{ broken }' }, { 'x-request-id': 'the-broken-request' });
process.stdout.write(`answered ${body.errors[0].message}\n`);
for (const field of ['news', 'closed']) {
  const stream = await fetch(gateway.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'x-request-id': `the-broken-${field}`,
    },
    body: JSON.stringify({ query: `subscription { ${field} { broken } }` }),
  });
  process.stdout.write(`streamed ${/Something failed on our side/.exec(await stream.text())}\n`);
}
await gateway.close(0);
