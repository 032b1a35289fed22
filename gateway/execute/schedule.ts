import type { Unit } from './units.ts';

/** Fetches that travel as one request, once everything they wait for is there. */
export interface Batch {
  readonly units: readonly Unit[];
  /** Indexes of the batches it waits for; always smaller than its own. */
  readonly after: readonly number[];
}

/**
 * Puts fetches from the same subgraph into one request where that makes nobody wait longer: those that become possible in the
 * same round, and those that nothing waits for and that can travel with a later request on the way to the answer.
 */
export function schedule(units: readonly Unit[], isMutation: boolean): Batch[] {
  // What a mutation reads belongs between its writes, so its order is left as planned.
  if (isMutation) return units.map((unit) => ({ units: [unit], after: unit.after }));

  const earliest: number[] = [];
  const hasDependants = new Set<number>();
  for (const { id, after } of units) {
    earliest[id] = after.length === 0 ? 0 : 1 + Math.max(...after.map((one) => earliest[one] as number));
    for (const one of after) hasDependants.add(one);
  }
  const last = Math.max(0, ...earliest);
  const latest = latestRounds(units, last);
  const isCritical = ({ id }: Unit): boolean => earliest[id] === latest[id];

  const groups = new Map<string, Unit[]>();
  const put = (unit: Unit, round: number): void => {
    const key = canTravelTogether(unit) ? groupKey(unit, round) : `${round}:alone:${unit.id}`;
    groups.set(key, [...(groups.get(key) ?? []), unit]);
  };
  for (const unit of units) if (isCritical(unit) || hasDependants.has(unit.id)) put(unit, earliest[unit.id] as number);
  for (const unit of units) {
    if (isCritical(unit) || hasDependants.has(unit.id)) continue;
    let round = earliest[unit.id] as number;
    for (let later = last; later > round && canTravelTogether(unit); later--) {
      if (groups.has(groupKey(unit, later))) round = later;
    }
    put(unit, round);
  }
  return inOrder([...groups], units);
}

function latestRounds(units: readonly Unit[], last: number): number[] {
  const latest = units.map(() => last);
  for (const { id, after } of [...units].reverse()) {
    for (const one of after) latest[one] = Math.min(latest[one] as number, (latest[id] as number) - 1);
  }
  return latest;
}

function canTravelTogether({ node, path }: Unit): boolean {
  return (
    path !== null &&
    (node.requires?.length ?? 0) > 0 &&
    !node.inputRewrites?.length &&
    !node.outputRewrites?.length &&
    !node.contextRewrites?.length
  );
}

const groupKey = ({ node, guards }: Unit, round: number): string =>
  `${round}:${node.serviceName}:${guards.map(({ variable, value }) => `${variable}=${value}`).join()}`;

function inOrder(groups: readonly [string, Unit[]][], units: readonly Unit[]): Batch[] {
  const roundOf = (key: string): number => Number(key.slice(0, key.indexOf(':')));
  const sorted = groups.toSorted(([a], [b]) => roundOf(a) - roundOf(b));
  const batchOf = new Map(sorted.flatMap(([, members], index) => members.map(({ id }) => [id, index] as const)));
  const after = (members: readonly Unit[]): number[] => {
    const waits = members.flatMap(({ id }) => units[id]?.after ?? []);
    return [...new Set(waits.map((id) => batchOf.get(id) as number))];
  };
  return sorted.map(([, members]) => ({ units: members, after: after(members) }));
}
