import type { UplinkOptions } from '../options.ts';
import type { Source, SourceEvents } from './source.ts';

/** The supergraph that Apollo Studio holds for a graph, asked for by Apollo's own client, which is loaded only here. */
export function uplinkSource({ key, graphRef, endpoints }: UplinkOptions): Source {
  let events: SourceEvents | null = null;
  // What came between the first supergraph and `follow`.
  let early: string | null = null;
  let cleanup = (): Promise<void> => Promise.resolve();
  return {
    kind: 'uplink',
    isComposedHere: false,
    async first() {
      const { UplinkSupergraphManager } = await import('@apollo/gateway');
      const manager = new UplinkSupergraphManager({
        apiKey: key,
        graphRef,
        logger: quiet,
        ...(endpoints && { uplinkEndpoints: [...endpoints] }),
        onFailureToFetchSupergraphSdlAfterInit: async ({ error }) => {
          events?.failed(error);
          return null;
        },
      });
      const started = await manager.initialize({
        update(sdl) {
          if (events) events.changed(sdl);
          else early = sdl;
        },
        healthCheck: () => Promise.resolve(),
        getDataSource: () => {
          throw new Error('The gateway reaches subgraphs itself.');
        },
      });
      cleanup = started.cleanup;
      return started.supergraphSdl;
    },
    follow(given) {
      events = given;
      if (early !== null) given.changed(early);
    },
    close: () => cleanup(),
  };
}

/** Failures are reported by us, once. */
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
