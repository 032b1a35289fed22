import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Graph } from './graph.ts';
import type { Logger } from './report/log.ts';

/** The graph requests are answered from: replaced whole when the supergraph changes. */
export interface LiveGraph {
  current(): Graph;
  close(): Promise<void>;
}

const pollMs = 2_000;

/** Requests that began with the old graph end with it. */
const farewellMs = 60_000;

/**
 * Follows a supergraph file. A new one goes live when it is read, planned and warmed; a bad one is reported and the old stays.
 */
export function followFile(
  first: Graph,
  file: string | undefined,
  open: (sdl: string) => Graph,
  log: Logger,
): LiveGraph {
  let graph = first;
  let sdl = first.loaded.sdl;
  const reload = (): void => {
    try {
      const next = readFileSync(file as string, 'utf8');
      if (next === sdl) return;
      const old = graph;
      graph = open(next);
      sdl = next;
      log.info({ file }, 'a new supergraph is live');
      setTimeout(() => void old.close(), farewellMs).unref();
    } catch (err) {
      log.error({ err, file }, 'the new supergraph cannot be used; the old one stays');
    }
  };
  if (file !== undefined) watchFile(file, { interval: pollMs, persistent: false }, reload);
  return {
    current: () => graph,
    close() {
      if (file !== undefined) unwatchFile(file, reload);
      return graph.close();
    },
  };
}
