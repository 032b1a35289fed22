import { expect, test } from 'vitest';
import { counts, timeline } from './timeline.ts';

const change = (status: string, at: string) => ({ status, at, by: { name: 'Anna' } });
const payment = {
  id: 'p1',
  on: '2011-12-20',
  account: '1200',
  amount: { amount: '1.00' },
  discount: { amount: '0.00' },
  journalEntry: null,
  cancelledOn: null,
  cancelReason: null,
  cancelEntry: null,
};
const names = (found: ReturnType<typeof timeline>) =>
  found.map((each) => (each.kind === 'payment' ? 'payment' : each.first ? 'created' : each.change.status));

test('the newest comes first, and payments stand between the posting and what followed from them', () => {
  const changes = [change('RECEIVED', '2026-01-01T08:00:00Z'), change('POSTED', '2026-01-02T08:00:00Z')];
  expect(names(timeline(changes, [payment]))).toEqual(['payment', 'POSTED', 'created']);
  const ended = [...changes, change('PAID', '2026-01-03T08:00:00Z')];
  expect(names(timeline(ended, [payment]))).toEqual(['PAID', 'payment', 'POSTED', 'created']);
});

test('a document that is posted once more is open again', () => {
  const changes = ['RECEIVED', 'POSTED', 'PAID', 'POSTED'].map((status) => change(status, status));
  expect(timeline(changes).map((each) => each.kind === 'change' && each.again)).toEqual([true, false, false, false]);
});

test('a document that was posted as it was made shows its payments after that', () => {
  expect(names(timeline([change('POSTED', '2026-01-01T08:00:00Z')], [payment]))).toEqual(['payment', 'created']);
});

test('the reason is told where the document ended, and nowhere else', () => {
  const reasons = (status: string) =>
    timeline([change('DRAFT', 'a'), change(status, 'b')], [], 'Doppelt').map((each) =>
      each.kind === 'change' ? each.reason : null,
    );
  expect(reasons('CANCELLED')).toEqual(['Doppelt', null]);
  expect(reasons('SENT')).toEqual([null, null]);
});

test('a payment that was taken back stays to be seen and does not count', () => {
  const takenBack = { ...payment, id: 'p2', cancelledOn: '2011-12-22' };
  expect(names(timeline([change('POSTED', 'a')], [payment, takenBack]))).toEqual(['payment', 'payment', 'created']);
  expect([payment, takenBack].filter(counts)).toEqual([payment]);
});
