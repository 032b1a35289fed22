/** What became of a write that was sent: a mistake that the person can mend, by field. */
export interface WriteFault {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];
}

/** A write that was made without a connection and waits for the server. */
export interface Write {
  /** The idempotency key: however often the write is sent, it happens once. */
  readonly id: string;
  /** Company and person it belongs to, as `<company>.<person>`; it is never sent as somebody else. */
  readonly owner: string;
  /** Place in the queue; set by the outbox. */
  readonly order: number;
  readonly operation: { readonly id: string; readonly name: string };
  /** Field of the mutation, and of the object in its payload. */
  readonly mutation: string;
  readonly object: string;
  /** May name records that do not exist yet by their local ids. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Bytes that go ahead of the write, under its key; the graph is told their id as `fileId`. */
  readonly file?: Blob;
  /** Local id of the record that this write creates. */
  readonly makes: string | null;
  /** `waiting` is sent when it can be; the others wait for a decision. */
  readonly state: 'waiting' | 'failed' | 'conflict';
  /** It was sent and no answer came: whether it happened is not known until it is sent again. */
  readonly sent: boolean;
  readonly fault: WriteFault | null;
  readonly madeAt: string;
  /** What people see of it, and where it can be worked on. */
  readonly form: string;
  readonly title: string;
  readonly href: string;
  /** The form as it was loaded and as it was left, for merging. */
  readonly base: Readonly<Record<string, unknown>> | null;
  readonly values: Readonly<Record<string, unknown>>;
}

const LOCAL = 'local:';

/** An id for a record that the server does not know yet. */
export const newLocalId = (): string => LOCAL + crypto.randomUUID();

export const isLocalId = (value: unknown): value is string => typeof value === 'string' && value.startsWith(LOCAL);

/** The input with real ids in place of local ones, and the local ids nothing is known of yet. */
export function withRealIds(
  input: unknown,
  ids: ReadonlyMap<string, string>,
): { readonly input: unknown; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const real = JSON.parse(JSON.stringify(input), (_name, value: unknown) => {
    if (!isLocalId(value)) return value;
    const id = ids.get(value);
    if (!id) missing.push(value);
    return id ?? value;
  });
  return { input: real, missing };
}
