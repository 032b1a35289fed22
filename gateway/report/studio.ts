import { createHash } from 'node:crypto';
import os from 'node:os';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type IPathErrorStats, type IReport, Report } from '@apollo/usage-reporting-protobuf';
import { calculateReferencedFieldsByType, usageReportingSignature } from '@apollo/utils.usagereporting';
import { LRUCache } from 'lru-cache';
import { fetch } from 'undici';
import type { PreparedOperation } from '../operations/prepare.ts';
import type { StudioOptions } from '../options.ts';
import type { LoadedSupergraph } from '../plan/supergraph.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import type { Logger } from './log.ts';
import type { Observe, Observed } from './observe.ts';

export interface StudioReports {
  readonly observe: Observe;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** What one operation and one client came to since the last report. */
interface Stats {
  readonly latency: LatencyHistogram;
  readonly cachedLatency: LatencyHistogram;
  readonly errors: IPathErrorStats;
  count: number;
  cacheHits: number;
  failed: number;
}

interface Described {
  readonly key: string;
  readonly fields: ReturnType<typeof calculateReferencedFieldsByType>;
}

const defaultEndpoint = 'https://usage-reporting.api.apollographql.com';
const defaultEveryMs = 10_000;

/** A report holds so many kinds of operations and clients; what comes beyond is counted and not told apart. */
const kindsMax = 2_000;

/** Names below one place that errors are told apart by. */
const errorPlacesMax = 100;

/** Tries to send one report; a report that does not get through is given up, the next one says what happened after it. */
const attempts = 3;

const zipped = promisify(gzip);

/**
 * Reports to Apollo Studio how often, how fast and with which errors each operation was answered. No variables, no answers and no
 * literals leave: operations are told apart by Apollo's signature, in which they are blanked out.
 */
export function createStudioReports(
  { key, graphRef, endpoint = defaultEndpoint, everyMs = defaultEveryMs }: StudioOptions,
  loaded: () => LoadedSupergraph,
  log: Logger,
): StudioReports {
  const described = new LRUCache<string, Described>({ max: kindsMax });
  let kinds = new Map<string, { operation: Described; clients: Map<string, Stats> }>();
  let operationCount = 0;

  function describe(operation: PreparedOperation): Described {
    let known = described.get(operation.id);
    if (!known) {
      const { document, name = '' } = operation;
      known = {
        key: `# ${name || '-'}\n${usageReportingSignature(document, name)}`,
        fields: calculateReferencedFieldsByType({
          document,
          schema: loaded().schema,
          resolvedOperationName: name || null,
        }),
      };
      described.set(operation.id, known);
    }
    return known;
  }

  function statsOf(operation: PreparedOperation, { client }: Observed['exchange']): Stats | null {
    const about = describe(operation);
    let kind = kinds.get(about.key);
    if (!kind) {
      if (kinds.size >= kindsMax) return null;
      kind = { operation: about, clients: new Map() };
      kinds.set(about.key, kind);
    }
    const who = JSON.stringify([client?.name ?? '', client?.version ?? '']);
    let stats = kind.clients.get(who);
    if (!stats) {
      if (kind.clients.size >= kindsMax) return null;
      stats = newStats();
      kind.clients.set(who, stats);
    }
    return stats;
  }

  function take(): IReport | null {
    if (operationCount === 0) return null;
    const taken = kinds;
    kinds = new Map();
    const report: IReport = {
      header: {
        graphRef,
        hostname: os.hostname(),
        agentVersion: 'valeo-gateway',
        runtimeVersion: `node ${process.version}`,
        uname: `${os.platform()}, ${os.type()}, ${os.release()}, ${os.arch()}`,
        executableSchemaId: createHash('sha256').update(loaded().apiSdl).digest('hex'),
      },
      operationCount,
      endTime: { seconds: Math.floor(Date.now() / 1000), nanos: (Date.now() % 1000) * 1e6 },
      tracesPerQuery: Object.fromEntries(
        [...taken.values()].map(({ operation, clients }) => [
          operation.key,
          { referencedFieldsByType: operation.fields, statsWithContext: [...clients].map(written) },
        ]),
      ),
    };
    operationCount = 0;
    return report;
  }

  async function send(): Promise<void> {
    const report = take();
    if (!report) return;
    const body = await zipped(Report.encode(report).finish());
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await fetch(`${endpoint}/api/ingress/traces`, {
          method: 'POST',
          headers: {
            'x-api-key': key,
            'content-encoding': 'gzip',
            'user-agent': 'valeo-gateway',
            accept: 'application/json',
          },
          body,
          signal: AbortSignal.timeout(everyMs),
        });
        if (response.ok) return;
        throw new Error(`Studio answered with status ${response.status}.`);
      } catch (err) {
        if (attempt === attempts) return log.warn({ err }, 'a usage report could not be sent');
      }
    }
  }

  const timer = setInterval(() => void send(), everyMs).unref();
  return {
    observe(observed) {
      const { operation, exchange } = observed;
      if (!operation || operation.introspectionOnly || exchange.costOnly) return;
      operationCount++;
      const stats = statsOf(operation, exchange);
      if (stats) count(stats, observed);
    },
    async close() {
      clearInterval(timer);
      await send();
    },
  };
}

const newStats = (): Stats => ({
  latency: new LatencyHistogram(),
  cachedLatency: new LatencyHistogram(),
  errors: newErrors(),
  count: 0,
  cacheHits: 0,
  failed: 0,
});

const newErrors = (): IPathErrorStats => ({
  // Response names are chosen by clients.
  children: Object.create(null) as Record<string, IPathErrorStats>,
  errorsCount: 0,
  requestsWithErrorsCount: 0,
});

function count(stats: Stats, { answer, seconds }: Observed): void {
  stats.count++;
  if (answer.cached) stats.cacheHits++;
  (answer.cached ? stats.cachedLatency : stats.latency).add(seconds);
  if (answer.outcome === 'ok') return;
  stats.failed++;
  const touched = new Set<IPathErrorStats>();
  for (const path of answer.errors?.map((error) => error.path ?? []) ?? [[]]) {
    let place = stats.errors;
    for (const step of path) {
      const { children } = place;
      if (typeof step !== 'string' || !children) continue;
      if (!children[step] && Object.keys(children).length >= errorPlacesMax) break;
      children[step] ??= newErrors();
      place = children[step];
    }
    place.errorsCount = (place.errorsCount ?? 0) + 1;
    touched.add(place);
  }
  for (const place of touched) place.requestsWithErrorsCount = (place.requestsWithErrorsCount ?? 0) + 1;
}

function written([who, stats]: [string, Stats]) {
  const [clientName, clientVersion] = JSON.parse(who) as [string, string];
  return {
    context: { clientName, clientVersion },
    queryLatencyStats: {
      requestCount: stats.count,
      latencyCount: stats.latency.toArray(),
      cacheHits: stats.cacheHits,
      cacheLatencyCount: stats.cachedLatency.toArray(),
      requestsWithErrorsCount: stats.failed,
      rootErrorStats: stats.errors,
      requestsWithoutFieldInstrumentation: stats.count,
    },
  };
}
