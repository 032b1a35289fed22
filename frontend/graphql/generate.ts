import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  typeFromAST,
  validate,
  visit,
} from 'graphql';
import { typesOf } from './types.ts';
import { writeOperations } from './write-operations.ts';

/**
 * Turns the `.graphql` files beside the components into typed operations for them and into the list of persisted
 * operations for the gateway. Run by `pnpm schema` and before a build; a document that does not fit the schema stops it.
 */
const frontend = join(import.meta.dirname, '..');
const root = join(frontend, '..');

export interface Generated {
  /** Types of all operations, and the operations from their modules. */
  readonly typescript: string;
  /** A module for each operation, by its name, so that a page is sent only the operations it names. */
  readonly modules: Readonly<Record<string, string>>;
  /** Texts by their hashes: what the gateway takes. */
  readonly operations: Readonly<Record<string, string>>;
}

export function generate(schemaText: string): Generated {
  const schema = buildSchema(schemaText, { assumeValidSDL: true });
  const document = readDocuments(schema);
  const operations: Record<string, string> = {};
  const modules: Record<string, string> = {};

  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const name = definition.name?.value as string;
    const text = print({
      kind: Kind.DOCUMENT,
      definitions: [definition, ...fragmentsOf(definition.name?.value, document)],
    });
    const id = createHash('sha256').update(text).digest('hex');
    operations[id] = text;
    const writes = definition.operation === 'mutation' ? ', writes: true' : '';
    const keyed = isKeyed(schema, definition) ? ', keyed: true' : '';
    modules[name] = [
      "import type { Operation } from '#graphql/operation.ts';",
      `import type { ${name}Data, ${name}Variables } from '../operations.ts';\n`,
      `export const ${name}: Operation<${name}Data, ${name}Variables> = { id: '${id}', name: '${name}'${writes}${keyed} };\n`,
    ].join('\n');
  }
  const typescript = [
    typesOf(schema, document),
    ...Object.keys(modules).map((name) => `export { ${name} } from './operations/${name}.ts';`),
    '',
  ].join('\n');
  return { typescript, modules, operations: Object.fromEntries(Object.entries(operations).sort()) };
}

/** Whether the input of a mutation has a place for an idempotency key. */
function isKeyed(schema: GraphQLSchema, definition: OperationDefinitionNode): boolean {
  const variable = definition.variableDefinitions?.find((each) => each.variable.name.value === 'input');
  const type = variable && typeFromAST(schema, variable.type as never);
  const input = type && getNamedType(type);
  return isInputObjectType(input) && 'idempotencyKey' in input.getFields();
}

function readDocuments(schema: GraphQLSchema): DocumentNode {
  const files = globSync('{app,attachments,ui,shell,lists,offline,server}/**/*.graphql', { cwd: frontend }).sort();
  const parsed = files.map((file) => ({ file, document: parse(readFileSync(join(frontend, file), 'utf8')) }));
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: parsed.flatMap((each) => each.document.definitions),
  };
  const faults = validate(schema, document);
  if (faults.length > 0) {
    throw new Error(`These documents do not fit the schema:\n${faults.map((fault) => fault.toString()).join('\n\n')}`);
  }
  return document;
}

function fragmentsOf(operation: string | undefined, document: DocumentNode) {
  const needed = new Set<string>();
  const collect = (name: string | undefined, kind: Kind) => {
    for (const definition of document.definitions) {
      if (definition.kind !== kind || !('name' in definition) || definition.name?.value !== name) continue;
      visit(definition, {
        FragmentSpread(spread) {
          if (needed.has(spread.name.value)) return;
          needed.add(spread.name.value);
          collect(spread.name.value, Kind.FRAGMENT_DEFINITION);
        },
      });
    }
  };
  collect(operation, Kind.OPERATION_DEFINITION);
  return document.definitions.filter(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && needed.has(definition.name.value),
  );
}

if (import.meta.main) {
  const schemaFile = process.argv[2] ?? join(root, 'schema/api.graphql');
  const schemaText = readFileSync(schemaFile, 'utf8');
  const { typescript, modules, operations } = generate(schemaText);
  const folder = join(frontend, 'graphql/_generated');
  mkdirSync(join(folder, 'operations'), { recursive: true });
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, 'operations', `${name}.ts`), text);
  writeFileSync(join(folder, 'operations.ts'), typescript);
  writeOperations(operations, schemaText);
  console.log(`${Object.keys(operations).length} operations`);
}
