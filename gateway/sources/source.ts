import type { GatewayOptions } from '../options.ts';
import { composedSource } from './composed.ts';
import { fileSource } from './file.ts';
import { uplinkSource } from './uplink.ts';

/** Told about what becomes of a supergraph after the first. */
export interface SourceEvents {
  changed(sdl: string): void;
  /** A supergraph could not be had; the one in use stays. */
  failed(error: unknown): void;
}

/** Where the supergraph comes from. */
export interface Source {
  /** What it is, for the log and `/health/ready`. */
  readonly kind: 'fixed' | 'file' | 'subgraphs' | 'uplink';
  /** True: it was composed here, which has shown that it is valid. */
  readonly isComposedHere: boolean;
  /**
   * The supergraph to begin with.
   * @throws when there is none: a gateway without a graph has nothing to serve.
   */
  first(): Promise<string>;
  /** Reports later ones from here on. */
  follow(events: SourceEvents): void;
  close(): Promise<void>;
}

/** The one source that the options name. @throws when they name none. */
export async function openSource(options: GatewayOptions): Promise<Source> {
  const { supergraph, supergraphFile, compose, uplink, local } = options;
  if (supergraph !== undefined) return fixed(() => supergraph, Boolean(local?.length));
  if (supergraphFile !== undefined) return fileSource(supergraphFile);
  if (compose !== undefined) return composedSource(compose, options.forwardCaller);
  if (uplink !== undefined) return uplinkSource(uplink);
  if (!local?.length) throw new Error('The gateway needs subgraphs, a supergraph, or a place to get one from.');
  const { composeLocal } = await import('../plan/supergraph.ts');
  return fixed(() => composeLocal(local), true);
}

const fixed = (sdl: () => string, isComposedHere: boolean): Source => ({
  kind: 'fixed',
  isComposedHere,
  first: async () => sdl(),
  follow() {},
  close: () => Promise.resolve(),
});
