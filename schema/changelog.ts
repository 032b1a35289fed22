import {
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';

/** What changed in the graph on one day, for those who use it. */
export interface ChangelogEntry {
  /** Day, such as `2026-11-22`. */
  readonly date: string;
  readonly added: readonly string[];
  readonly deprecated: readonly string[];
  /** May concern some clients, such as a new value of an enum. */
  readonly careful: readonly string[];
  readonly breaking: readonly string[];
}

/** The changelog with what lies between two versions of the graph, under today's entry; newest first. */
export function recordChanges(
  log: readonly ChangelogEntry[],
  before: GraphQLSchema,
  after: GraphQLSchema,
  date: string,
): readonly ChangelogEntry[] {
  const [now, then] = [membersOf(after), membersOf(before)];
  const isNewType = (coordinate: string): boolean => !before.getType(coordinate.split('.')[0] ?? '');
  const added = [...now.keys()].filter((one) => !then.has(one) && !(one.includes('.') && isNewType(one))).sort();
  const entry = {
    added,
    deprecated: [...now].flatMap(([one, reason]) => (reason && !then.get(one) ? [`${one}: ${reason}`] : [])),
    careful: findDangerousChanges(before, after).map(({ description }) => description),
    breaking: findBreakingChanges(before, after).map(({ description }) => description),
  };
  if (Object.values(entry).every((list) => list.length === 0)) return log;
  const [newest, ...older] = log;
  if (newest?.date !== date) return [{ date, ...entry }, ...log];
  // What came and went on one day was never there for anybody.
  const cameAndWent = newest.added.filter((one) => !now.has(one));
  const isNews = (text: string): boolean => !cameAndWent.some((one) => text.startsWith(`${one} `));
  const join = (key: keyof typeof entry): string[] => [...new Set([...newest[key], ...entry[key]])].sort();
  return [
    {
      date,
      added: join('added').filter((one) => now.has(one)),
      deprecated: join('deprecated'),
      careful: join('careful').filter(isNews),
      breaking: join('breaking').filter(isNews),
    },
    ...older,
  ];
}

/** Types, and their members as `Type.member`, with the reason where one is deprecated. */
function membersOf(schema: GraphQLSchema): Map<string, string | null> {
  const members = new Map<string, string | null>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    members.set(type.name, null);
    for (const one of list(type)) members.set(`${type.name}.${one.name}`, one.deprecationReason ?? null);
  }
  return members;
}

function list(type: GraphQLNamedType): readonly { name: string; deprecationReason?: string | null | undefined }[] {
  if (isEnumType(type)) return type.getValues();
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return Object.values(type.getFields());
  return [];
}

const sections: readonly [keyof Omit<ChangelogEntry, 'date'>, string][] = [
  ['breaking', 'Breaks clients'],
  ['deprecated', 'Deprecated'],
  ['careful', 'May concern clients'],
  ['added', 'Added'],
];

/** The page for integrators. */
export function changelogPage(log: readonly ChangelogEntry[]): string {
  const entries = log.map((entry) =>
    [
      `## ${entry.date}`,
      ...sections.flatMap(([key, title]) =>
        entry[key].length === 0 ? [] : [`### ${title}\n\n${entry[key].map((one) => `- ${inCode(one)}`).join('\n')}`],
      ),
    ].join('\n\n'),
  );
  return `${['# Changelog', 'Changes of the graph, newest first. Made by `pnpm schema` from what is recorded in `schema/changelog.json`.', ...entries].join('\n\n')}\n`;
}

const inCode = (text: string): string => (/^[\w.]+$/.test(text) ? `\`${text}\`` : text);
