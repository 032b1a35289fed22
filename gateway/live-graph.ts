import type { Gauge } from 'prom-client';
import type { Graph } from './graph.ts';
import type { Logger } from './report/log.ts';
import type { Source } from './sources/source.ts';

/** The graph requests are answered from: replaced whole when the supergraph changes. */
export interface LiveGraph {
  current(): Graph;
  /** For `/health/ready`: what the last change came to. */
  state(): string;
  close(): Promise<void>;
}

export interface LiveGraphContext {
  /** Makes a graph that is warm: nobody waits for plans that were there before, on the graph that it follows. */
  open(sdl: string, before: Graph): Promise<Graph>;
  log: Logger;
  /** 1 while the last supergraph could not be used. */
  refused: Gauge;
  /** Milliseconds that what began with the old graph may go on with it. */
  farewellMs?: number | undefined;
}

/** Requests end within this; a subscription that is still open is asked to begin anew. */
const farewell = 60_000;

/**
 * Follows a source. A new supergraph goes live when it is read and its plans are made; one that cannot be used is reported and
 * the old one stays.
 */
export function createLiveGraph(first: Graph, source: Source, context: LiveGraphContext): LiveGraph {
  const { open, log, refused, farewellMs = farewell } = context;
  const leaving = new Set<Graph>();
  let graph = first;
  let state = 'current';
  let closed = false;
  // One change at a time, in the order they came.
  let changes: Promise<void> = Promise.resolve();

  async function change(sdl: string): Promise<void> {
    if (closed) return;
    if (sdl !== graph.loaded.sdl) {
      const next = await open(sdl, graph);
      if (closed) return next.close();
      leave(graph);
      graph = next;
      log.info({ source: source.kind }, 'a new supergraph is live');
    }
    state = 'current';
    refused.set(0);
  }

  function leave(old: Graph): void {
    leaving.add(old);
    setTimeout(() => {
      leaving.delete(old);
      old.retire();
      void old.close();
    }, farewellMs).unref();
  }

  function failed(err: unknown): void {
    const [reason = ''] = (err instanceof Error ? err.message : String(err)).split('\n');
    state = `the last change is refused: ${reason.slice(0, 300)}`;
    refused.set(1);
    log.error({ err, source: source.kind }, 'the new supergraph cannot be used; the old one stays');
  }

  refused.set(0);
  source.follow({
    changed(sdl) {
      changes = changes.then(() => change(sdl)).catch(failed);
    },
    failed,
  });
  return {
    current: () => graph,
    state: () => state,
    async close() {
      closed = true;
      await source.close();
      await Promise.all([graph, ...leaving].map((one) => one.close()));
    },
  };
}
