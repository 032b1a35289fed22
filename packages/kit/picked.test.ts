import { expect, test } from 'vitest';
import { picked } from './picked.ts';
import { LocalFanOut } from './pubsub.ts';

const event = (id: string) => ({ id, tenantId: 't', type: 'x.X', op: 'created', entityId: id, at: '' }) as const;

test('passes on what is picked and leaves out the rest', async () => {
  const fanOut = new LocalFanOut();
  const ids = picked(fanOut.subscribe('t', 'x.X'), ({ id }) => (id === 'no' ? undefined : id.toUpperCase()));
  const first = ids.next();
  for (const id of ['no', 'a', 'no', 'b']) fanOut.dispatch(event(id));
  expect(await first).toEqual({ done: false, value: 'A' });
  expect(await ids.next()).toEqual({ done: false, value: 'B' });
  await ids.return?.();
});

test('ends while it waits for an item', async () => {
  const ids = picked(new LocalFanOut().subscribe('t', 'x.X'), ({ id }) => id);
  const waiting = ids.next();
  await ids.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});
