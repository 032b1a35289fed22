import { once } from 'node:events';
import { expect, inject, test } from 'vitest';
import { WebSocket } from 'ws';

test('the address of the web app takes WebSockets for the graph, also once pages were asked for', async () => {
  const { webUrl } = inject('installation');
  for (let at = 0; at < 2; at += 1) {
    expect((await fetch(`${webUrl}/sign-in`)).status).toBe(200);
    const socket = new WebSocket(`${webUrl.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { origin: webUrl },
    });
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    const [message] = await once(socket, 'message');
    expect(JSON.parse(String(message))).toMatchObject({ type: 'connection_ack' });
    socket.close();
  }
});
