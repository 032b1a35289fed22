import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { fetch } from 'undici';
import type { ComposeOptions, GatewayOptions } from '../options.ts';
import type { Composition, ServiceSdl } from './compose-worker.ts';
import type { Source } from './source.ts';

const everyMs = 10_000;

/** A subgraph that takes longer to say what it is counts as not there. */
const patienceMs = 5_000;

/** At the start subgraphs and gateway come up together: the gateway waits this long for the last of them. */
const startMs = 60_000;

/**
 * Composes the supergraph from running subgraphs, again whenever one of them says something else. What does not compose, or
 * comes from a subgraph that is not there, changes nothing.
 */
export function composedSource(options: ComposeOptions, forwardCaller: GatewayOptions['forwardCaller']): Source {
  const stopped = new AbortController();
  /** What the subgraphs said last, and what it composed to; null when it did not. */
  let seen = '';
  let composed: string | null = null;

  async function sdlOf(name: string, url: string): Promise<ServiceSdl> {
    const call = { caller: null, requestId: randomUUID(), locale: 'en' } as const;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...forwardCaller?.(call, name) },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
      signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(patienceMs)]),
    }).catch((cause: unknown) => {
      throw new Error(`The subgraph ${name} does not answer.`, { cause });
    });
    const answer = (await response.json().catch(() => null)) as { data?: { _service?: { sdl?: unknown } } } | null;
    const sdl = answer?.data?._service?.sdl;
    if (response.status === 401) {
      throw new Error(`The subgraph ${name} refuses this gateway: the secret of both must be the same.`);
    }
    if (typeof sdl !== 'string') throw new Error(`The subgraph ${name} does not say what it answers.`);
    return { name, url, sdl };
  }

  const look = (): Promise<ServiceSdl[]> =>
    Promise.all(Object.entries(options.subgraphs).map(([name, url]) => sdlOf(name, url)));

  async function firstLook(): Promise<ServiceSdl[]> {
    const until = Date.now() + (options.startMs ?? startMs);
    for (;;) {
      try {
        return await look();
      } catch (error) {
        if (Date.now() >= until || stopped.signal.aborted) throw error;
        await sleep(500);
      }
    }
  }

  async function keepLooking({ changed, failed }: Parameters<Source['follow']>[0]): Promise<void> {
    for (;;) {
      await sleep(options.everyMs ?? everyMs, undefined, { signal: stopped.signal, ref: false });
      try {
        const services = await look();
        const said = JSON.stringify(services);
        // A composition that failed is not tried again before something has changed.
        if (said !== seen) {
          seen = said;
          composed = null;
          composed = await compose(services);
        }
        if (composed !== null) changed(composed);
      } catch (error) {
        if (stopped.signal.aborted) return;
        failed(error);
      }
    }
  }

  return {
    kind: 'subgraphs',
    isComposedHere: true,
    async first() {
      const services = await firstLook();
      seen = JSON.stringify(services);
      composed = await compose(services);
      return composed;
    },
    follow(events) {
      keepLooking(events).catch(() => {});
    },
    async close() {
      stopped.abort();
    },
  };
}

/** Composing takes half a second of CPU for a large graph, so it happens on another thread. */
function compose(services: ServiceSdl[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(import.meta.dirname, 'compose-worker.ts'), { workerData: services });
    worker.once('message', (result: Composition) => {
      if ('sdl' in result) resolve(result.sdl);
      else reject(new Error(`The subgraphs do not compose:\n${result.errors.join('\n')}`));
    });
    worker.once('error', reject);
  });
}
