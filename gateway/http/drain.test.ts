import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { drain } from './drain.ts';

/** A server whose answers come when the test says so. */
async function slowServer() {
  const asked = Promise.withResolvers<ServerResponse>();
  const server = createServer((_req, res) => asked.resolve(res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answer = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).then(
    (response) => response.text(),
    () => 'cut off',
  );
  return { server, answer, response: await asked.promise };
}

test('a request under way is answered before the server is closed', async () => {
  const { server, answer, response } = await slowServer();
  const closed = drain(server, 10_000);
  response.end('done');
  expect(await answer).toBe('done');
  await closed;
  expect(server.listening).toBe(false);
});

test('one that takes longer than the grace is cut off', async () => {
  const { server, answer } = await slowServer();
  await drain(server, 20);
  expect(await answer).toBe('cut off');
});
