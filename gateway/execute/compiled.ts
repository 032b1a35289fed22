import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
  Kind,
  print,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';

type Execute = (args: Pick<ExecutionArgs, 'contextValue' | 'variableValues'>) => Promise<ExecutionResult>;

/** Compiling takes as long as some ten executions, so what is seldom asked is interpreted. */
const runsBeforeDefault = 10;
/** Compiling holds up everything else: 5 ms for a list of 16 columns, 0.7 s for one of a thousand fields. */
const charactersMax = 2000;

/** Executes the operations of a schema in this process; those that come again are compiled to code (graphql-jit), which takes a fifth of the time. */
export function compiledExecution(schema: GraphQLSchema, runsBefore = runsBeforeDefault) {
  const known = new WeakMap<DocumentNode, { runs: number; run: Execute | null }>();
  resolveEverything(schema);
  return (document: DocumentNode, operationName: string | undefined): Execute => {
    const interpret: Execute = async (args) => execute({ schema, document, operationName, ...args });
    let entry = known.get(document);
    if (!entry) {
      entry = { runs: 0, run: null };
      known.set(document, entry);
    }
    if (entry.run) return entry.run;
    entry.runs += 1;
    if (entry.runs <= runsBefore) return interpret;
    entry.run = (canBeCompiled(document) && compile(schema, document, operationName)) || interpret;
    return entry.run;
  };
}

function compile(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Execute | null {
  const compiled = compileQuery(schema, document, operationName);
  if (!isCompiledQuery(compiled)) return null;
  return async ({ contextValue, variableValues }) => compiled.query(undefined, contextValue, variableValues);
}

/** Compiled code reads properties as they are, where graphql calls those that are functions. */
function resolveEverything(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { name } = field;
      field.resolve ??= (source, args, context, info) => {
        const value = source?.[name];
        return typeof value === 'function' ? source[name](args, context, info) : value;
      };
    }
  }
}

/**
 * Not what is long, what its answers could not hold as plain objects, nor mutations of several fields, whose order is graphql's to keep, nor
 * events, which have a root.
 */
function canBeCompiled(document: DocumentNode): boolean {
  let can = print(document).length <= charactersMax;
  visit(document, {
    Name({ value }) {
      if (value === '__proto__') can = false;
    },
    OperationDefinition({ operation, selectionSet: { selections } }) {
      const isSingle = selections.length === 1 && selections[0]?.kind === Kind.FIELD;
      if (operation === 'subscription' || (operation === 'mutation' && !isSingle)) can = false;
    },
  });
  return can;
}
