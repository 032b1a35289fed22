import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, type OperationDefinitionNode, print } from 'graphql';
import { keyRequirements } from '../authorisation/keys.ts';
import { requirementsOf } from '../authorisation/restrict.ts';
import type { Requirement } from '../authorisation/rules.ts';
import { type CostContext, compileEstimate, onceIfConstant } from '../cost/estimate.ts';
import { compilePlanned, type PlannedCost } from '../cost/planned.ts';
import type { Weights } from '../cost/weights.ts';
import type { Obj } from '../execute/run.ts';
import { fragmentsOf } from '../execute/selection.ts';
import { typeTest } from '../execute/types.ts';
import { compileRestricted, compileWhole, type Executable, type ExecutableContext } from './executable.ts';
import { createIntrospection, type Introspect, isIntrospection } from './introspection.ts';
import { chooseOperation } from './read-document.ts';
import { compileVariables } from './variables.ts';
import { createVariants } from './variants.ts';

/** An operation that is parsed, valid, planned and compiled: all that is left is to run it. */
export interface PreparedOperation {
  /** Stands for the text: equal for equal operations of one supergraph. */
  readonly id: string;
  readonly name: string | undefined;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** Whether it was registered beforehand, and no stranger thought of its name. */
  readonly isRegistered: boolean;
  readonly definition: OperationDefinitionNode;
  /** Asks about the schema only: free, and open to everybody. */
  readonly introspectionOnly: boolean;
  /**
   * The variables with their types and defaults.
   * @throws InvalidVariables
   */
  coerce(given: Obj): Obj;
  /** Static cost for these variables. */
  estimate(variables: Obj): number;
  planned: PlannedCost;
  /** How its whole is fetched. */
  readonly plan: QueryPlan;
  /** For reports: the text it was made from, with its fragments. */
  readonly document: DocumentNode;
  /** What a caller must have to see all of it. */
  readonly requirements: readonly Requirement[];
  /**
   * The operation for a caller who fails these requirements; for nobody's failure, the whole of it.
   * @param who that is.
   */
  for(failed: readonly Requirement[], who: string): Executable | Promise<Executable>;
  /** Null where nothing is asked about the schema. */
  introspect: Introspect | null;
}

/** @param plan the plan of the whole operation, when it was made elsewhere. */
export type Prepare = (
  document: DocumentNode,
  operationName: string | undefined,
  plan?: QueryPlan,
) => PreparedOperation;

export interface PrepareContext extends ExecutableContext {
  readonly weights: Weights;
  readonly listSize: number;
  readonly pageSize: number;
  /** Answers questions about the schema where that disturbs nobody; without it that happens here. */
  readonly introspectElsewhere: Parameters<typeof createIntrospection>[1];
}

let lastId = 0;

export function createPrepare(context: PrepareContext): Prepare {
  const { loaded, rules, weights, listSize, pageSize } = context;
  const answerTypes = typeTest(loaded.schema);
  const variants = createVariants();
  const introspectionOf = createIntrospection(loaded.schema, context.introspectElsewhere);
  return (document, operationName, given) => {
    const definition = chooseOperation(document, operationName);
    const fragments = fragmentsOf(document);
    const cost: CostContext = { schema: loaded.schema, fragments, isA: answerTypes, weights, listSize, pageSize };
    const plan = given ?? context.planner.plan(document, operationName);
    const whole = compileWhole(document, definition, cost, context, plan);
    const id = String(++lastId);
    return {
      id,
      name: definition.name?.value,
      kind: definition.operation,
      isRegistered: false,
      definition,
      plan,
      document,
      introspectionOnly: isIntrospection(definition, fragments),
      coerce: compileVariables(definition.variableDefinitions ?? [], loaded.schema),
      estimate: onceIfConstant(compileEstimate(definition, cost)),
      planned: onceIfConstant(
        compilePlanned(plan, definition, cost, {
          ...cost,
          schema: loaded.fullSchema,
          isA: context.planTypes,
          // Pages that the graph itself asks for are its own affair.
          pageSize: Number.POSITIVE_INFINITY,
        }),
      ),
      requirements: [
        ...new Set([
          ...requirementsOf(document, definition, loaded.schema, rules),
          ...keyRequirements(plan, rules, loaded.fullSchema),
        ]),
      ],
      for(failed, who) {
        if (failed.length === 0) return whole;
        return variants.get(
          `${id} ${failed.map((one) => one.id).join()}`,
          () => print(document).length,
          () => compileRestricted(document, definition, new Set(failed), cost, context, who),
        );
      },
      introspect: introspectionOf(document, definition, fragments),
    };
  };
}
