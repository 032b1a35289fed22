import type { PubSub } from './pubsub.ts';
import type { Database } from './tenant-db.ts';

/** What a process shares among its subgraphs. */
export interface Services {
  readonly database: Database;
  readonly pubsub: PubSub;
  /** Tells the outbox relay that there is work; called after a commit, never inside a transaction. */
  committed(): void;
}
