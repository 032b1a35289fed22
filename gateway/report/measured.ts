import type { Subgraph } from '../execute/run.ts';
import type { Metrics } from './metrics.ts';
import { inSpan, isTraced } from './trace.ts';

/** A subgraph whose calls are timed and traced. */
export function measured(subgraph: Subgraph, fetches: Metrics['fetches']): Subgraph {
  const { name } = subgraph;
  const ok = fetches.of(name, 'ok');
  const errors = fetches.of(name, 'errors');
  const failed = fetches.of(name, 'failed');
  return {
    ...subgraph,
    async execute(operation, variables, representations, run) {
      const startedAt = performance.now();
      let outcome = failed;
      try {
        const call = () => subgraph.execute(operation, variables, representations, run);
        const answer = await (isTraced()
          ? inSpan('subgraph', { 'graphql.subgraph': name, 'graphql.operation.type': operation.kind }, call)
          : call());
        outcome = answer.errors?.length ? errors : ok;
        return answer;
      } finally {
        outcome.observe((performance.now() - startedAt) / 1000);
      }
    },
  };
}
