/** A change that the outbox relay published. `entityId` is null when one statement changed more rows than fit a message. */
export interface ChangeEvent {
  /** Its place among all events, in the order in which they were published; empty for one that stands for missed ones. */
  readonly id: string;
  readonly tenantId: string;
  /** Domain and GraphQL type: `sales.SalesInvoice`. */
  readonly type: string;
  readonly op: 'created' | 'updated' | 'deleted';
  readonly entityId: string | null;
  readonly at: string;
}

/** In the place of a company where a table changed that belongs to none, such as that of the people who sign in. */
export const NO_COMPANY = '00000000-0000-0000-0000-000000000000';

/** The channel of PostgreSQL and Redis on which the relay publishes. */
export const EVENT_CHANNEL = 'valeo_events';

export interface PubSub {
  /** Publishes a batch; only the relay calls this. */
  publish(events: readonly ChangeEvent[]): Promise<void>;
  /**
   * Events of one company and type, until the iterator is returned. Where events were missed (the connection broke, or the
   * reader was too slow) one comes that says so: its `id` is empty and its `entityId` null, "many may have changed".
   */
  subscribe(tenantId: string, type: string): AsyncIterableIterator<ChangeEvent>;
  /**
   * Every event of the installation; for caches. Answers the function that ends it.
   * @param connected told false when events may be missed, and true when none is missed from then on.
   */
  listen(listener: (event: ChangeEvent) => void, connected?: (is: boolean) => void): () => void;
  close(): Promise<void>;
}

const QUEUE_LIMIT = 1000;

/** Stands for events that a reader did not get. */
export const missed = (tenantId: string, type: string): ChangeEvent => ({
  id: '',
  tenantId,
  type,
  op: 'updated',
  entityId: null,
  at: new Date().toISOString(),
});

/** Hands events to the subscribers of one process. Transports (PostgreSQL, Redis) feed it with `dispatch`. */
export class LocalFanOut {
  readonly #byTopic = new Map<string, Set<(event: ChangeEvent) => void>>();
  readonly #all = new Set<(event: ChangeEvent) => void>();
  readonly #connected = new Set<(is: boolean) => void>();
  #isConnected = true;

  dispatch(event: ChangeEvent): void {
    for (const listener of this.#all) listener(event);
    for (const listener of this.#byTopic.get(`${event.tenantId}/${event.type}`) ?? []) listener(event);
  }

  /** The transport lost its connection, or has it again: whoever listens has missed events in between. */
  connection(is: boolean): void {
    if (is === this.#isConnected) return;
    this.#isConnected = is;
    for (const tell of this.#connected) tell(is);
    if (!is) return;
    for (const [topic, listeners] of this.#byTopic) {
      const [tenantId = '', type = ''] = topic.split('/');
      for (const listener of listeners) listener(missed(tenantId, type));
    }
  }

  listen(listener: (event: ChangeEvent) => void, connected?: (is: boolean) => void): () => void {
    this.#all.add(listener);
    if (connected) {
      this.#connected.add(connected);
      connected(this.#isConnected);
    }
    return () => {
      this.#all.delete(listener);
      if (connected) this.#connected.delete(connected);
    };
  }

  subscribe(tenantId: string, type: string): AsyncIterableIterator<ChangeEvent> {
    const topic = `${tenantId}/${type}`;
    const queue: ChangeEvent[] = [];
    let wake: (() => void) | undefined;
    let ended = false;
    const listener = (event: ChangeEvent) => {
      if (queue.length === QUEUE_LIMIT) queue.splice(0, QUEUE_LIMIT, missed(tenantId, type));
      queue.push(event);
      wake?.();
    };
    const listeners = this.#byTopic.get(topic) ?? new Set();
    this.#byTopic.set(topic, listeners.add(listener));

    const end = async (): Promise<IteratorResult<ChangeEvent>> => {
      ended = true;
      listeners.delete(listener);
      if (listeners.size === 0) this.#byTopic.delete(topic);
      wake?.();
      return { done: true, value: undefined };
    };
    return {
      async next() {
        while (queue.length === 0 && !ended) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const value = queue.shift();
        return value && !ended ? { done: false, value } : { done: true, value: undefined };
      },
      return: end,
      async throw(error) {
        await end();
        throw error;
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
