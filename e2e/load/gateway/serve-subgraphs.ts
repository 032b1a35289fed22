import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, execute, parse } from 'graphql';
import { demoSubgraphs } from './demo-graph.ts';

/**
 * Serves the four subgraphs from one process and prints their ports. An answer is worked out once for each distinct request and
 * kept, so that subgraphs cost little beside the gateway under test.
 */

const answersMax = 50_000;
const ports: Record<string, number> = {};

for (const { name, sdl, resolvers } of demoSubgraphs) {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  const documents = new Map<string, DocumentNode>();
  const answers = new Map<string, Buffer>();
  const answer = async (text: string): Promise<Buffer> => {
    const { query, variables } = JSON.parse(text);
    let document = documents.get(query);
    if (!document) {
      document = parse(query);
      documents.set(query, document);
    }
    const result = Buffer.from(JSON.stringify(await execute({ schema, document, variableValues: variables })));
    if (answers.size < answersMax) answers.set(text, result);
    return result;
  };
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const out = answers.get(text) ?? (await answer(text));
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': out.length }).end(out);
  });
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ports[name] = (server.address() as AddressInfo).port;
}
console.log(`ready ${JSON.stringify(ports)}`);
process.on('disconnect', () => process.exit());
