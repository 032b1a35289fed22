import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { post, startToys, toy } from '../toys.ts';

const greetings = toy('greetings', 'type Query { greeting: String }', { Query: { greeting: () => 'hello' } });

test('a gateway that stands by leaves the port to the one that has it, and answers as soon as it may listen', async () => {
  const first = createServer();
  await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve));
  const { port } = first.address() as { port: number };
  const turn = Promise.withResolvers<void>();
  const starting = startToys([greetings], { port, listenAfter: turn.promise });
  // One that does not wait finds the port taken. It began later, so the first would have found that by now as well.
  await expect(startToys([greetings], { port })).rejects.toThrow('EADDRINUSE');
  await new Promise((resolve) => first.close(resolve));
  turn.resolve();
  const gateway = await starting;
  try {
    expect(gateway.port).toBe(port);
    expect((await post(gateway.url, { query: '{ greeting }' })).body).toMatchObject({ data: { greeting: 'hello' } });
  } finally {
    await gateway.close(0);
  }
});
