import { expect, test } from 'vitest';
import { added, changed, columns, defaultLayout, type Layout, parseLayout, removed } from './layout.ts';
import { beginningFor } from './widgets.ts';

const everything = [
  'sales:read',
  'sales:post',
  'finance:read',
  'crm:read',
  'inventory:read',
  'purchasing:read',
  'platform:read',
];
const at = (layout: Layout, id: string) => {
  const { x, y, w, h } = layout.find((place) => place.id === id) ?? { x: -1, y: -1, w: 0, h: 0 };
  return [x, y, w, h];
};

function expectSound(layout: Layout) {
  for (const [index, a] of layout.entries()) {
    expect(a.x + a.w).toBeLessThanOrEqual(columns);
    for (const b of layout.slice(index + 1)) {
      const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
      expect(apart, `${a.id} and ${b.id}`).toBe(true);
    }
  }
}

test('each role starts with what it may see, packed without a gap or an overlap', () => {
  const owner = defaultLayout(everything);
  expect(at(owner, 'yearRevenue')).toEqual([0, 0, 3, 2]);
  expect(at(owner, 'revenue')).toEqual([0, 2, 8, 6]);
  expect(at(owner, 'ageing')).toEqual([8, 2, 4, 6]);
  expectSound(owner);
  const warehouse = defaultLayout(['inventory:read', 'sales:read', 'crm:read', 'platform:read']);
  expect(warehouse.map(({ id }) => id)).toEqual(['stockAlerts', 'ordersToShip', 'activities', 'tasks']);
  expect(defaultLayout([])).toEqual([]);
});

test('what was kept comes back as it was; nonsense is left out and damage falls back to the role', () => {
  const owner = defaultLayout(everything);
  expect(parseLayout(JSON.parse(JSON.stringify(owner)))).toEqual(owner);
  expect(
    parseLayout([{ id: 'tasks', x: 11, y: 3, w: 4, h: 1 }, { id: 'unknown', x: 0, y: 0, w: 1, h: 1 }, null]),
  ).toEqual([{ id: 'tasks', x: 8, y: 0, w: 4, h: 3 }]);
  expect(parseLayout([])).toEqual([]);
  for (const damage of [null, 'x', {}, [{ id: 'tasks', x: 'a' }], [{ id: '__proto__', x: 0, y: 0, w: 3, h: 3 }]]) {
    expect(parseLayout(damage)).toBeNull();
  }
});

test('a widget put on others pushes them down, and what is removed is closed up', () => {
  const owner = defaultLayout(everything);
  const moved = changed(owner, 'ageing', { x: 0 });
  expect(at(moved, 'ageing').slice(0, 2)).toEqual([0, 2]);
  expectSound(moved);
  const down = changed(owner, 'yearRevenue', { y: 2 });
  expect(at(down, 'revenue')[1]).toBe(0);
  expectSound(down);
  const less = removed(owner, 'revenue');
  expect(less).toHaveLength(owner.length - 1);
  expectSound(less);
});

test('a widget never gets smaller than it can be read, nor wider than the page', () => {
  const owner = defaultLayout(everything);
  expect(at(changed(owner, 'revenue', { w: 1, h: 1 }), 'revenue').slice(2)).toEqual([4, 5]);
  expect(at(changed(owner, 'revenue', { w: 99 }), 'revenue')).toEqual([0, 2, 12, 6]);
});

test('a new widget takes the first gap', () => {
  const layout = added([{ id: 'tasks', x: 0, y: 0, w: 4, h: 6 }], 'views/sales.invoices/overdue');
  expect(at(layout, 'views/sales.invoices/overdue')).toEqual([4, 0, 4, 6]);
});

test('the start page begins what a role begins most often', () => {
  const begins = (...permissions: string[]) => beginningFor(permissions)?.href;
  expect(begins('sales:write', 'sales:post', 'purchasing:post')).toBe('/sales/invoices/new');
  expect(begins('purchasing:write', 'purchasing:post', 'inventory:write')).toBe('/purchasing/orders/new');
  expect(begins('sales:write', 'purchasing:write', 'inventory:write')).toBe('/inventory/stock-movements/new');
  expect(begins('sales:read')).toBeUndefined();
});
