import type { MutationOptions, PayloadField } from './mutation.ts';
import { COMMON_CODES } from './mutation.ts';
import { commonTexts, type Texts } from './texts.ts';
import { FIELD_CODES } from './validate.ts';

/** `postSalesInvoice` to `PostSalesInvoice`. */
const typeName = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** What of a mutation the schema shows. */
type Described = Pick<
  MutationOptions<unknown, object, string>,
  'name' | 'description' | 'permission' | 'errors' | 'bulk' | 'optionalInput'
> & {
  readonly payload: Readonly<Record<string, PayloadField>>;
};

/** Mutation field, payload, error type and error codes of one mutation. Its input type is in the domain's SDL. */
export function mutationSdl(mutation: Described, texts: Texts): string {
  const { name, description, permission, payload, bulk } = mutation;
  const type = typeName(name);
  const rule =
    permission === 'public'
      ? ''
      : permission === 'session'
        ? '@authenticated'
        : `@requiresScopes(scopes: [["${permission}"]])`;
  const codes = [...new Set([...mutation.errors, ...COMMON_CODES, ...(bulk ? FIELD_CODES : [])])];
  const fields = Object.entries(payload).map(([field, kind]) => {
    const node = typeof kind === 'string' ? kind : kind.type;
    if (bulk && typeof kind !== 'string')
      return `  "In the order of the input; empty when anything failed or on a dry run."\n  ${field}: [${node}!]!`;
    return `  "Null when the mutation failed."\n  ${field}: ${node}`;
  });
  return `
"What ${name} answers."
type ${type}Payload {
${fields.join('\n')}
${
  bulk
    ? `  "All faults of all items; empty on success."\n  errors: [${type}Error!]! @listSize(assumedSize: 1)`
    : `  "Why it failed; null on success."\n  error: ${type}Error`
}
}

${
  bulk
    ? `"A fault of one item of ${name}."
type ${type}Error {
  "Position of the item in the input, from 0; null when the fault is not of one item."
  index: Int
  "Place in the item, parts joined by dots; empty when the item as a whole is at fault."
  path: String!
  "What is wrong."
  code: ${type}ErrorCode!
  "The fault as a sentence in the caller's language."
  message: String!
}`
    : `"Why ${name} failed."
type ${type}Error {
  "What is wrong."
  code: ${type}ErrorCode!
  "The fault as a sentence in the caller's language."
  message: String!
  "Faults of single fields, all at once."
  fields: [FieldError!]! @listSize(assumedSize: 1)
}`
}

"Codes that ${name} can answer with."
enum ${type}ErrorCode {
${codes.map((code) => `  ${JSON.stringify((texts[code] ?? commonTexts[code])?.en ?? code)}\n  ${code}`).join('\n')}
}

extend type Mutation {
  ${JSON.stringify(description)}
  ${name}(
    "Everything the mutation needs; all faults in it are answered at once."
    input: ${type}Input${mutation.optionalInput ? '' : '!'}
  ): ${type}Payload! ${rule}
}`;
}
