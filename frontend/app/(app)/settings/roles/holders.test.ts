import { expect, test } from 'vitest';
import { holdersOf, mayChange } from './holders.ts';

const role = (id: string) => ({ role: { id } });

test('people and open invitations of a role hold it, everyone else does not', () => {
  const users = [
    { id: '1', name: 'Anna', ...role('till') },
    { id: '2', name: 'Ben', ...role('sales') },
    { id: '3', name: 'Carl', role: null },
  ];
  const invitations = [{ id: '4', email: 'dora@example.com', ...role('till') }];
  expect(holdersOf('till', users, invitations)).toEqual([
    { id: '1', name: 'Anna', invited: false },
    { id: '4', name: 'dora@example.com', invited: true },
  ]);
  expect(holdersOf('auditor', users, invitations)).toEqual([]);
});

test('a role is changed by those who manage people and may do all that it permits', () => {
  const own = { builtIn: false, permissions: ['crm:read', 'sales:post'] };
  expect(mayChange(own, ['users:manage', 'crm:read', 'sales:post'])).toBe(true);
  expect(mayChange(own, ['users:manage', 'crm:read'])).toBe(false);
  expect(mayChange(own, ['crm:read', 'sales:post'])).toBe(false);
  expect(mayChange({ ...own, builtIn: true }, ['users:manage', 'crm:read', 'sales:post'])).toBe(false);
});
