import type { Locale } from '@valeo/kit/caller.ts';
import { PERMISSIONS, type Permission } from '@valeo/kit/permissions.ts';

export interface BuiltInRole {
  readonly name: Readonly<Record<Locale, string>>;
  readonly permissions: readonly Permission[];
}

const everyone: readonly Permission[] = ['company:read', 'crm:read', 'inventory:read', 'platform:read'];

/** Roles that every company has. They cannot be changed; a company that needs others makes its own. */
export const BUILT_IN_ROLES = {
  owner: { name: { de: 'Inhaber', en: 'Owner' }, permissions: PERMISSIONS },
  accountant: {
    name: { de: 'Buchhaltung', en: 'Accountant' },
    permissions: [
      ...everyone,
      'crm:write',
      'purchasing:read',
      'purchasing:write',
      'purchasing:post',
      'sales:read',
      'sales:write',
      'sales:post',
      'finance:read',
      'finance:write',
      'finance:post',
      'platform:write',
      'audit:read',
    ],
  },
  sales: {
    name: { de: 'Vertrieb', en: 'Sales' },
    permissions: [...everyone, 'crm:write', 'sales:read', 'sales:write', 'sales:post', 'platform:write'],
  },
  warehouse: {
    name: { de: 'Lager', en: 'Warehouse' },
    permissions: [
      ...everyone,
      'inventory:write',
      'purchasing:read',
      'purchasing:write',
      'sales:read',
      'sales:write',
      'platform:write',
    ],
  },
  purchasing: {
    name: { de: 'Einkauf', en: 'Purchasing' },
    permissions: [
      ...everyone,
      'crm:write',
      'inventory:write',
      'purchasing:read',
      'purchasing:write',
      'purchasing:post',
      'platform:write',
    ],
  },
  auditor: {
    name: { de: 'Prüfer (nur lesen)', en: 'Auditor (reads only)' },
    permissions: PERMISSIONS.filter((permission) => permission.endsWith(':read')),
  },
} satisfies Record<string, BuiltInRole>;

export const OWNER = 'owner';

export const builtInRole = (id: string): BuiltInRole | undefined =>
  Object.hasOwn(BUILT_IN_ROLES, id) ? BUILT_IN_ROLES[id as keyof typeof BUILT_IN_ROLES] : undefined;
