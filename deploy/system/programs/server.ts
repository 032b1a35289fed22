import { createServer } from 'node:http';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 2_000 });
pool.on('error', () => {});
const server = createServer(async (_request, response) => {
  try {
    const { rows } = await pool.query('select current_user as name');
    response.statusCode = following.state.demoData === 'complete' ? 200 : 503;
    response.end(JSON.stringify({ pid: process.pid, user: rows[0]?.name, ...following.state }));
  } catch (error) {
    response.statusCode = 503;
    response.end(String(error));
  }
});
const following = followSupervisor(async () => {
  server.closeAllConnections();
  server.close();
  await pool.end();
});
console.log(`prepared ${process.pid}`);
await following.turn;
server.listen(Number(process.env.GATEWAY_PORT), '127.0.0.1', () => {
  console.log(`server ${process.pid}`);
  following.ready();
});
