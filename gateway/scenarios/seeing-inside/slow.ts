import { post, startToys, toy } from '../toys.ts';

/** A gateway whose log is read from outside: everything takes too long for it. */
const shop = toy('shop', 'type Query { echo(text: String): String }', { Query: { echo: () => 'ok' } });
const gateway = await startToys([shop], { log: 'info', slowMs: 0 });
await post(
  gateway.url,
  { query: 'query Slow($text: String) { echo(text: $text) }', variables: { text: 'secret' } },
  { 'x-request-id': 'the-request' },
);
await gateway.close(0);
