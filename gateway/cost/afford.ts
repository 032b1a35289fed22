import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Obj } from '../execute/run.ts';
import { fragmentsOf } from '../execute/selection.ts';
import { typeTest } from '../execute/types.ts';
import { isIntrospection } from '../operations/introspection.ts';
import { chooseOperation } from '../operations/read-document.ts';
import { compileVariables } from '../operations/variables.ts';
import { InvalidVariables } from '../report/refuse.ts';
import { tooDear } from './budget.ts';
import { type CostContext, compileEstimate } from './estimate.ts';
import type { Weights } from './weights.ts';

/** What an operation may cost at most, if there is such a limit, and the variables that have a say in it. */
export interface Means {
  readonly limit: number | null;
  readonly variables: Obj;
}

/** @throws RequestError when the operation is too dear with these variables or asks for too large a page, or its cost cannot be told. */
export type CheckMeans = (document: DocumentNode, operationName: string | undefined, means: Means) => void;

/** Prices operations that nobody has sent before: planning one that is refused anyway would be in vain. */
export function createCheckMeans(
  schema: GraphQLSchema,
  weights: Weights,
  sizes: Pick<CostContext, 'listSize' | 'pageSize'>,
): CheckMeans {
  const isA = typeTest(schema);
  return (document, operationName, { limit, variables }) => {
    const operation = chooseOperation(document, operationName);
    const fragments = fragmentsOf(document);
    if (isIntrospection(operation, fragments)) return;
    let coerced: Obj;
    try {
      coerced = compileVariables(operation.variableDefinitions ?? [], schema)(variables);
    } catch (error) {
      // Told with the language of the one who asks, once it is known what he asks for.
      if (error instanceof InvalidVariables) return;
      throw error;
    }
    const cost = compileEstimate(operation, { schema, fragments, isA, weights, ...sizes })(coerced);
    if (limit !== null && cost > limit) throw tooDear(cost, limit);
  };
}
