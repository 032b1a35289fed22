import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createFront } from './front.ts';

test('a gateway behind https is spoken to over TLS alone, and by its own name', async () => {
  const heard: Buffer[] = [];
  const gateway = createServer((socket) =>
    socket
      .on('error', () => {})
      .once('data', (data) => {
        heard.push(data);
        socket.destroy();
      }),
  );
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const gatewayUrl = `https://localhost:${(gateway.address() as AddressInfo).port}`;
  const front = createFront({ gatewayUrl, publicUrl: 'https://erp.example', pages: async () => {} });
  const port = await front.listen('127.0.0.1', 0);
  const cookie = 'valeo_access=hidden';
  const { status } = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    body: '{}',
    headers: { cookie },
  });
  await front.close(0);
  gateway.close();
  expect(status).toBe(503);
  const HANDSHAKE = 22;
  expect(heard.map(([first]) => first)).toEqual([HANDSHAKE]);
  expect(heard[0]?.includes('localhost')).toBe(true);
  expect(heard[0]?.includes('hidden')).toBe(false);
});
