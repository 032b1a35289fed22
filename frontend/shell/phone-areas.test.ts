// @vitest-environment node
import { expect, test } from 'vitest';
import { phoneAreasFor } from './phone-areas.ts';

const areasOf = (...permissions: string[]) => phoneAreasFor(permissions).map(({ area }) => area);

test('the foot of a phone leads to the areas that somebody may read', () => {
  expect(areasOf('sales:read', 'inventory:read', 'purchasing:read', 'crm:read')).toEqual(['/sales', '/inventory']);
  expect(areasOf('inventory:read', 'purchasing:read', 'crm:read')).toEqual(['/inventory', '/purchasing']);
  expect(areasOf('finance:read')).toEqual(['/finance']);
  expect(areasOf()).toEqual([]);
});
