import { createServer } from 'node:http';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';

const server = createServer((_request, response) => response.end('sign in'));
const following = followSupervisor(async () => {
  server.closeAllConnections();
  server.close();
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log(`web ${process.pid}`);
  following.ready();
});
