/** A change in a subgraph's data. The gateway needs to know where and for whom, not what. */
export interface DataEvent {
  /** The same for every gateway that is told of it. */
  id?: string;
  /** Empty for what belongs to no company. */
  tenantId: string;
  /** Subgraph and type: `sales.SalesInvoice`. */
  type: string;
  /** The one that changed; without it any of the type may have. */
  entityId?: string | null;
}

/** Stands for every change of a company. */
export const everything = '*';

/** Begins the tags of what belongs to no company. */
const shared = '@';

/** Whether changes of it concern all companies. */
export const concernsAll = (tag: string): boolean => tag.startsWith(shared);

/**
 * What a change makes out of date. A tag that names one entity is `<type>:<id>`; when many changed at once, `<type>:*`
 * stands for all of them.
 */
export function tagsOf({ tenantId, type, entityId }: DataEvent): string[] {
  const start = tenantId === '' ? shared : '';
  return [everything, type.split('.', 1)[0] as string, type, `${type}:${entityId ?? everything}`].map(
    (tag) => `${start}${tag}`,
  );
}

/** What stands for every change there is, of a company and of all. */
export const anything: readonly string[] = [everything, `${shared}${everything}`];

/** Tags by which a change would be told that concerns this one. */
export function concerning(tag: string): string[] {
  const colon = tag.indexOf(':');
  return colon === -1 ? [tag] : [tag, `${tag.slice(0, colon)}:${everything}`];
}

/** Whether it names one record. Of these there are more than can be remembered, of all others as many as there are types. */
export const isOfRecord = (tag: string): boolean => tag.includes(':') && !tag.endsWith(`:${everything}`);
