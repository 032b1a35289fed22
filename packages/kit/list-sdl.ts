import { type List, ownersOf } from './list.ts';
import type { Permission } from './permissions.ts';

/** Arguments of every connection, in one place. */
const pagingArguments = (type: string) => `
    "Number of entries from the start of the list or after the cursor: 1 to 500."
    first: Int
    "Cursor to continue after."
    after: String
    "Number of entries from the end of the list or before the cursor: 1 to 500. Not together with first."
    last: Int
    "Cursor to stop before."
    before: String
    "Row number to start at, counted from 0, instead of a cursor: jumps anywhere in the list."
    at: Int
    "Only entries that meet these conditions."
    filter: ${type}Filter
    "Order; the default is used without it, and equal entries are ordered by id."
    orderBy: [${type}Order!]`;

/** Nullable, so that a list of a dead or forbidden domain costs this field and not the whole answer. */
const connectionField = (list: List, name: string, permission: Permission = list.permission) => `
  "${list.description}"
  ${name}(${pagingArguments(list.type)}
  ): ${list.type}Connection
    @listSize(slicingArguments: ["first", "last"], assumedSize: 50, sizedFields: ["edges"], requireOneSlicingArgument: false)
    @requiresScopes(scopes: [["${permission}"]]) ${cacheScope(list)}`;

/** Which entries there are depends on the company and the caller's rights, unless the list says that each user has his own. */
const cacheScope = (list: List): string => `@cacheControl(scope: ${list.visible ? 'PRIVATE' : 'PUBLIC'})`;

/** Counts and sums by what entries have in common. */
function groupsSdl(list: List): string {
  const { type, field, permission, groupings, sums } = list;
  if (groupings.length === 0) return '';
  const figures = Object.entries(sums ?? {});
  return `
"What entries can be grouped by."
enum ${type}GroupField {
${groupings.map(({ name, description }) => `  "${description}"\n  ${name}`).join('\n')}
}
${
  figures.length === 0
    ? ''
    : `
"Figures of entries, added up."
type ${type}Sums {
${figures.map(([name, sum]) => `  "Sum of ${name}."\n  ${name}: ${sum.type}!`).join('\n')}
}
`
}
"Entries that agree in what they are grouped by."
type ${type}Group {
  "What they have in common, as text: the value of an enum, true or false, 2011-12 for a month; null when they have no value."
  key: String
  "Number of entries."
  count: Int!${figures.length === 0 ? '' : `\n  "Their figures, added up; in the company's currency."\n  sums: ${type}Sums!`}
}

"Groups of a list, and how many there are."
type ${type}Groups {
  "The groups asked for, in order."
  groups: [${type}Group!]! @listSize(assumedSize: 100)
  "Number of all groups; counted only when asked for."
  total: Int!
}

extend type Query {
  "Counts${figures.length === 0 ? '' : ' and sums'} of ${list.plural}: by what they have in common, or of all that meet the filter as one group."
  ${field}Groups(
    "What to group by; without it there is one group of everything, its key null."
    by: ${type}GroupField
    "Only entries that meet these conditions."
    filter: ${type}Filter
    "Order of the groups."
    order: GroupOrder! = KEY_ASC
    "Number of groups: 1 to 500."
    first: Int! = 100
    "Number of groups to pass over."
    at: Int! = 0
  ): ${type}Groups
    @cost(weight: 10)
    @listSize(slicingArguments: ["first"], sizedFields: ["groups"], requireOneSlicingArgument: false)
    @requiresScopes(scopes: [["${permission}"]]) ${cacheScope(list)}
}
`;
}

/** Everything of a connection that follows from its definition. */
export function listSdl(list: List): string {
  const { type, field, plural, permission, filters } = list;
  const scopes = `@requiresScopes(scopes: [["${permission}"]]) ${cacheScope(list)}`;
  const owners = ownersOf(list).map(
    (owner) => `
extend type ${owner.type} @key(fields: "id") {${connectionField(list, plural, owner.permission)}
}`,
  );
  return `
"A page of a list of ${type}."
type ${type}Connection {
  "The entries of this page with their cursors."
  edges: [${type}Edge!]!
  "Where this page stands in the list."
  pageInfo: PageInfo!
  "Exact number of entries that meet the filter; counted only when asked for."
  totalCount: Int!
}

"An entry of the list and its place in it."
type ${type}Edge {
  "Marks this entry for after and before."
  cursor: String!
  "The entry."
  node: ${type}!
}

"Conditions on entries; all given ones must hold."
input ${type}Filter {
${Object.entries(filters)
  .map(([name, { filter }]) => `  "Condition on ${name}."\n  ${name}: ${filter}`)
  .join('\n')}
  "All of these must hold."
  and: [${type}Filter!]
  "At least one of these must hold."
  or: [${type}Filter!]
  "This must not hold."
  not: ${type}Filter
}

"What entries can be sorted by."
enum ${type}OrderField {
${[...list.sortNames].map(([constant, name]) => `  "By ${name}."\n  ${constant}`).join('\n')}
}

"One step of an order."
input ${type}Order {
  "What to sort by."
  field: ${type}OrderField!
  "Direction."
  direction: SortDirection! = ASC
}

extend type ${type} ${cacheScope(list)}

extend type Query {${connectionField(list, plural)}
  "One entry by id; null when there is none or it belongs to somebody else."
  ${field}(
    "Id of the entry; one that has not the form of an id is like an unknown one."
    id: ID!
  ): ${type} ${scopes}
}

extend type Subscription {
  "Sends the entry each time it changes; null when it was deleted or many changed at once and a new read is due."
  ${field}Changed(
    "Id of the entry to watch."
    id: ID!
  ): ${type} ${scopes}
  "Sends each created or changed entry that meets the filter; null when one was deleted or many changed at once and a new read is due."
  ${plural}Changed(
    "Only entries that meet these conditions after the change."
    filter: ${type}Filter
  ): ${type} ${scopes}
}
${owners.join('\n')}${groupsSdl(list)}`;
}

/** Filter inputs of the enums that the lists of a subgraph use, each once. */
export function enumFilterSdl(lists: readonly List[]): string {
  const fields = lists.flatMap((list) => Object.values(list.filters));
  const enums = new Map(fields.flatMap(({ filter, enumType }) => (enumType ? [[filter, enumType] as const] : [])));
  return [...enums]
    .map(([filter, name]) =>
      filter === `${name}SetFilter`
        ? `
"Conditions on a set of ${name}; all given ones must hold."
input ${filter} {
  "Contains this value, whatever else it contains."
  contains: ${name}
}`
        : `
"Conditions on a ${name}; all given ones must hold."
input ${name}Filter {
  "Equal to."
  eq: ${name}
  "Not equal to."
  ne: ${name}
  "One of."
  in: [${name}!]
  "True: has no value. False: has one."
  isNull: Boolean
}`,
    )
    .join('\n');
}
