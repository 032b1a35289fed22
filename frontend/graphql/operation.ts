/** A persisted operation: the text lives on the server, the browser only knows its name and hash. */
export interface Operation<Data, Variables> {
  readonly id: string;
  readonly name: string;
  /** The operation changes something. */
  readonly writes?: true;
  /** The operation is a mutation whose input takes an idempotency key. */
  readonly keyed?: true;
  /** Never set; carries the types. */
  readonly types?: { readonly data: Data; readonly variables: Variables };
}

/** What a page was made from, so that it can be asked whether that is still so. */
export interface Seen {
  readonly operation: Pick<Operation<unknown, unknown>, 'id' | 'name'>;
  readonly variables: unknown;
  readonly digest: string;
}

/** The body of a request that names a persisted operation. */
export function requestBody<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): string {
  return JSON.stringify({ id: operation.id, operationName: operation.name, variables });
}

/** The standard form of an error in the graph, as far as screens use it. */
export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly retryable?: boolean;
    readonly requestId?: string;
  };
}

/** A request that brought no data: a fault of ours or of the way there, never a mistake of the user. */
export class GraphFault extends Error {
  override readonly name = 'GraphFault';
  readonly code: string;
  readonly requestId: string | null;
  readonly retryable: boolean;

  constructor(code: string, message: string, requestId: string | null = null, retryable = false) {
    super(message);
    this.code = code;
    this.requestId = requestId;
    this.retryable = retryable;
  }
}

/** The browser got something else than an answer of the graph. Many show the sentence as it is, so it is in the language of the page. */
export function unreadable(status: number, requestId: string | null = null): GraphFault {
  const text =
    document.documentElement.lang === 'en'
      ? 'The server could not answer. Please try again in a moment.'
      : 'Der Server konnte nicht antworten. Bitte gleich noch einmal versuchen.';
  return new GraphFault(`HTTP_${status}`, text, requestId, status >= 500);
}

/** What an answer brought, and the fault of each field of the query that it could not bring. */
export interface Parts<Data> {
  readonly data: Data;
  readonly faults: Readonly<Record<string, GraphFault>>;
  /**
   * Paths of fields that could not be answered, without places in lists: `salesInvoice.journalEntry`. What the reader may not see is
   * not among them: it is not there for him, however often he asks.
   */
  readonly lost: ReadonlySet<string>;
}

/** An answer in parts: a screen of many parts shows those that came. */
export function readParts<Data>(
  answer: { data?: Data | null; errors?: readonly GraphError[] },
  requestId: string | null,
): Parts<Data> {
  const faults = (answer.errors ?? []).map(({ message, path, extensions }) => {
    const fault = new GraphFault(
      extensions?.code ?? 'NO_ANSWER',
      message,
      extensions?.requestId ?? requestId,
      extensions?.retryable ?? true,
    );
    return [String(path?.[0] ?? ''), fault] as const;
  });
  const lost = (answer.errors ?? []).flatMap(({ path, extensions }) =>
    extensions?.code === 'FORBIDDEN' ? [] : (path?.filter((part) => typeof part === 'string').join('.') ?? ''),
  );
  return { data: readAnswer(answer, requestId), faults: Object.fromEntries(faults), lost: new Set(lost) };
}

/**
 * Data of an answer. Fields of a dead domain are null and stay so; an answer without any data is a fault, and so is one that is
 * empty because nobody is signed in any more.
 */
export function readAnswer<Data>(
  answer: { data?: Data | null; errors?: readonly GraphError[] },
  requestId: string | null,
): Data {
  const first = answer.errors?.[0];
  const isEmpty = Object.values(answer.data ?? {}).every((part) => part === null);
  if (!answer.data || (isEmpty && first?.extensions?.code === 'UNAUTHENTICATED')) {
    const details = first?.extensions;
    throw new GraphFault(
      details?.code ?? 'NO_ANSWER',
      first?.message ?? 'The server did not answer.',
      details?.requestId ?? requestId,
      details?.retryable ?? true,
    );
  }
  return answer.data;
}
