import type { RunningGateway } from '@valeo/gateway/server.ts';
import { readEvents } from '@valeo/gateway/subscriptions/remote.ts';
import { newId } from '@valeo/kit/ids.ts';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Gateways,
  installOverPostgres,
  installOverRedis,
  type TestCallers,
  testDomains,
} from '../testing/gateways.ts';

/** Live updates of the real domains, from the commit to the client, over either transport of events. */

const house = await twoTenants(...testDomains);
const callers: TestCallers = { anna: house.one, zoe: house.two };

interface Event {
  readonly id: string | undefined;
  readonly data: any;
  readonly extensions: any;
}

interface Stream {
  next(): Promise<Event>;
  close(): Promise<void>;
}

const CHANGES = 'subscription { businessPartnersChanged { name salesInvoices(first: 1) { totalCount } } }';

async function listen({ url }: RunningGateway, as: string, lastEventId?: string): Promise<Stream> {
  const abort = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'x-api-key': as,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
    body: JSON.stringify({ query: CHANGES }),
    signal: abort.signal,
  });
  const events = readEvents(response.body as unknown as AsyncIterable<Uint8Array>);
  return {
    async next() {
      const { value, done } = await events.next();
      if (done || value.event !== 'next') throw new Error('The stream has ended.');
      return { id: value.id, ...JSON.parse(value.data) };
    },
    async close() {
      abort.abort();
      await events.return?.(undefined).catch(() => {});
    },
  };
}

async function create({ url }: RunningGateway, as: string, name: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': as },
    body: JSON.stringify({
      query:
        'mutation ($input: CreateBusinessPartnerInput!) { createBusinessPartner(input: $input) { error { code } } }',
      variables: { input: { name, kinds: ['CUSTOMER'], country: 'DE' } },
    }),
  });
  expect(await response.json()).toMatchObject({ data: { createBusinessPartner: { error: null } } });
}

/** Until the source listens, an event may pass by: subscribed is who has got one. */
async function subscribed(gateway: RunningGateway, stream: Stream): Promise<Event> {
  let arrived = false;
  const first = stream.next().finally(() => {
    arrived = true;
  });
  while (!arrived) {
    await create(gateway, 'anna', `Probe ${newId()}`);
    await Promise.race([first, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  return first;
}

function behaves(start: () => Promise<{ gateways: readonly RunningGateway[]; close(): Promise<void> }>): void {
  let installed: Awaited<ReturnType<typeof start>>;
  let here: RunningGateway;
  let there: RunningGateway;
  beforeAll(async () => {
    installed = await start();
    [here, there = here] = installed.gateways as [RunningGateway, RunningGateway?];
  });
  afterAll(() => installed.close());

  test('a change reaches the listeners of its company on every gateway, completed and with an id', async () => {
    const mine = await listen(there, 'anna');
    const foreign = await listen(there, 'zoe');
    const event = await subscribed(here, mine);
    expect(event.data.businessPartnersChanged).toMatchObject({ salesInvoices: { totalCount: 0 } });
    expect(event.id).toMatch(/^\d+$/);
    expect(event.extensions.event.id).toBe(event.id);
    await create(here, 'zoe', 'Of Zoe');
    for (;;) {
      const { data } = await foreign.next();
      expect(data.businessPartnersChanged.name).toBe('Of Zoe');
      break;
    }
    await mine.close();
    await foreign.close();
  });

  test('who was away gets what was missed, in order, and then what comes', async () => {
    const before = await listen(there, 'anna');
    const { id } = await subscribed(here, before);
    await before.close();
    const names = Array.from({ length: 5 }, (_, i) => `Missed ${i} ${newId()}`);
    for (const name of names) await create(here, 'anna', name);
    const after = await listen(here, 'anna', id);
    const coming = `Coming ${newId()}`;
    const seen: string[] = [];
    let created: Promise<void> | undefined;
    while (seen.at(-1) !== coming) {
      const { data, extensions } = await after.next();
      expect(extensions.event.gap).toBeUndefined();
      const { name } = data.businessPartnersChanged;
      if (!name.startsWith('Probe')) seen.push(name);
      if (seen.length === names.length) created ??= create(there, 'anna', coming);
    }
    expect(seen).toEqual([...names, coming]);
    await created;
    await after.close();
  });

  test('who was away for too long is told that events are missing', async () => {
    for (const id of ['1', '999999999999', 'other']) {
      await house.sql('DELETE FROM kit.event WHERE position = 1');
      const stream = await listen(here, 'anna', id);
      expect(await stream.next()).toMatchObject({
        data: { businessPartnersChanged: null },
        extensions: { event: { gap: true } },
      });
      await stream.close();
    }
  });
}

describe('over PostgreSQL', () => {
  behaves(() => installOverPostgres(house, callers, 2));
});

describeWith('redis-server', 'over Redis', (program) => {
  behaves(() => installOverRedis(house, callers, 2, program));
});
