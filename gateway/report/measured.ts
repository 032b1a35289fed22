import type { Subgraph } from '../execute/run.ts';
import type { Metrics } from './metrics.ts';
import { inSpan } from './trace.ts';

/** A subgraph whose calls are timed and traced. */
export function measured(subgraph: Subgraph, fetches: Metrics['fetches']): Subgraph {
  const { name } = subgraph;
  const ok = fetches.labels({ subgraph: name, outcome: 'ok' });
  const errors = fetches.labels({ subgraph: name, outcome: 'errors' });
  const failed = fetches.labels({ subgraph: name, outcome: 'failed' });
  return {
    ...subgraph,
    async execute(operation, variables, representations, run) {
      const startedAt = performance.now();
      let outcome = failed;
      try {
        const answer = await inSpan(
          'subgraph',
          { 'graphql.subgraph': name, 'graphql.operation.type': operation.kind },
          () => subgraph.execute(operation, variables, representations, run),
        );
        outcome = answer.errors?.length ? errors : ok;
        return answer;
      } finally {
        outcome.observe((performance.now() - startedAt) / 1000);
      }
    },
  };
}
