import type { PubSub } from './pubsub.ts';
import type { Database } from './tenant-db.ts';

/** What a process shares among its subgraphs. */
export interface Services {
  readonly database: Database;
  readonly pubsub: PubSub;
  readonly installation: Installation;
  /** Tells the outbox relay that there is work; called after a commit, never inside a transaction. */
  committed(): void;
}

/** What all processes of one installation have in common. */
export interface Installation {
  /** From which keys and signatures are derived; never shown. */
  readonly secret: string;
  /** Address under which users reach the web app, without a slash at the end; for links in mails. */
  readonly publicUrl: string;
}
