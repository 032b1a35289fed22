import { expect, test } from 'vitest';
import { exampleQueries } from '../examples.ts';
import { signedIn } from '../graph.ts';

test('every query of the API reference is answered from the demo data as it stands there', async () => {
  const graph = await signedIn();
  const queries = await exampleQueries((query, variables) => graph.ask(query, variables));
  expect(queries.length).toBeGreaterThan(70);
  const failed: string[] = [];
  for (const { name, text, variables } of queries) {
    const { data, errors } = await graph.send(text, variables);
    if (errors.length > 0 || data === null || !(name in data)) failed.push(`${name}: ${JSON.stringify(errors)}`);
  }
  expect(failed).toEqual([]);
}, 300_000);
