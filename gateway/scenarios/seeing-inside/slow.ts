import { post, startToys, toy } from '../toys.ts';

/** A gateway whose log is read from outside: everything takes too long for it, and one field fails. */
const shop = toy('shop', 'type Query { echo(text: String): String broken: String }', {
  Query: {
    echo: () => 'ok',
    broken: () => {
      throw new Error('the disk is full');
    },
  },
});
const gateway = await startToys([shop], { log: 'info', slowMs: 0, redactErrors: true });
await post(
  gateway.url,
  { query: 'query Slow($text: String) { echo(text: $text) }', variables: { text: 'secret' } },
  { 'x-request-id': 'the-request' },
);
const { body } = await post(gateway.url, { query: '{ broken }' }, { 'x-request-id': 'the-broken-request' });
process.stdout.write(`answered ${body.errors[0].message}\n`);
await gateway.close(0);
