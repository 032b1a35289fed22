import { parentPort, workerData } from 'node:worker_threads';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

export interface ServiceSdl {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

export type Composition = { sdl: string } | { errors: string[] };

/** A thread that composes once. */
function composition(services: readonly ServiceSdl[]): Composition {
  const { supergraphSdl, errors } = composeServices(
    services.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  return supergraphSdl === undefined
    ? { errors: (errors ?? []).map(({ message }) => message) }
    : { sdl: supergraphSdl };
}

parentPort?.postMessage(composition(workerData as ServiceSdl[]));
