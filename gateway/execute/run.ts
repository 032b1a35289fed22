import type { DocumentNode } from 'graphql';
import type { Worth } from '../cache/worth.ts';
import type { SubgraphCall } from '../options.ts';
import type { ReportedError } from '../report/errors.ts';

export type Obj = Record<string, unknown>;

/** What one execution of a compiled operation carries along. */
export interface Run {
  readonly call: SubgraphCall;
  /** As the client sent them: subgraphs apply their own coercion and defaults. */
  readonly variables: Obj;
  /** Coerced, with the operation's defaults: what `@skip` and `@include` go by. */
  readonly coerced: Obj;
  /** Aborted when nobody waits for the answer any more; absent where the work has to be done all the same. */
  readonly signal: AbortSignal | undefined;
  /** Everything fetched so far, in the shape of the operation plus what only the plan needs. */
  readonly data: Obj;
  readonly errors: ReportedError[];
  /** Whether some object of `data` stands at several places, as equal entities may. */
  sharesObjects: boolean;
  /** What may be kept of the answer is written down here; absent where everything has to be read anew. */
  readonly worth?: Worth | null;
}

/** An operation for a subgraph, fixed when the plan is compiled. */
export interface SubgraphOperation {
  readonly text: string;
  readonly name: string | undefined;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly document: DocumentNode;
}

export interface SubgraphAnswer {
  data?: Obj | null;
  errors?: readonly ReportedError[];
  /** What it was read from; null when the subgraph cannot say, undefined when it does not. */
  reads?: Reads | null | undefined;
  /** Of an event: its name, if its source can go on after it. */
  id?: string | undefined;
  /** Of an event: others may be missing before it. */
  gap?: boolean | undefined;
}

/** What an answer was read from, as a subgraph tells it: in this process directly, else as `extensions.reads`. */
export interface Reads {
  /** As the events of its changes name them; see `cache/tags.ts`. */
  readonly from: readonly string[];
  /** Whether it depends on who asks, beyond company, rights and language. */
  readonly personal: boolean;
}

export type Representations = Readonly<Record<string, readonly unknown[]>>;

/** A subgraph's own reasons for not starting an event stream. */
export class SubgraphRefusal extends Error {
  readonly errors: readonly ReportedError[];

  constructor(errors: readonly ReportedError[]) {
    super(errors[0]?.message ?? 'The subscription was refused.');
    this.errors = errors;
  }
}

/** A way to reach one subgraph. */
export interface Subgraph {
  readonly name: string;
  /** Whether entities are handed over as objects; otherwise as JSON text. */
  readonly local: boolean;
  /**
   * @param representations distinct entities asked for, by variable: objects for a local subgraph, JSON texts for a remote one.
   * @throws when the subgraph cannot be reached or does not answer in GraphQL.
   */
  execute(
    operation: SubgraphOperation,
    variables: Obj,
    representations: Representations | null,
    run: Run,
  ): Promise<SubgraphAnswer>;
  /**
   * Starts an event stream. Ends when the subgraph ends it or the run's signal is aborted.
   * @throws when the subgraph refuses the subscription.
   */
  subscribe(operation: SubgraphOperation, variables: Obj, run: Run): AsyncIterable<SubgraphAnswer>;
}

export const isObject = (value: unknown): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
