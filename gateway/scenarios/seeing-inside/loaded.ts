import { registerHooks } from 'node:module';

/** Prints every module that a gateway loads. */
const loaded: string[] = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
const { startToys, toy } = await import('../toys.ts');
const gateway = await startToys([toy('shop', 'type Query { ok: Boolean }', {})]);
await gateway.close(0);
process.stdout.write(loaded.join('\n'));
