import gateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';

/** Mercurius as a gateway. Arguments: its services with their schemas in federation 1, and after how many runs a query is compiled. */
const [services = '[]', jit = '0'] = process.argv.slice(2);
process.on('disconnect', () => process.exit());

const app = Fastify();
app.register(gateway, { jit: Number(jit), gateway: { services: JSON.parse(services) } });
const url = await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`ready ${JSON.stringify(`${url}/graphql`)}`);
