/**
 * What a caller may do. The same words are the scopes of API clients and of `@requiresScopes` in the schema, so there is
 * one vocabulary to grant, to check and to document.
 */
export const PERMISSIONS = [
  'company:read',
  'company:manage',
  'users:manage',
  'clients:manage',
  'crm:read',
  'crm:write',
  'inventory:read',
  'inventory:write',
  'purchasing:read',
  'purchasing:write',
  'purchasing:post',
  'sales:read',
  'sales:write',
  'sales:post',
  'finance:read',
  'finance:write',
  'finance:post',
  'platform:read',
  'platform:write',
  'audit:read',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const isPermission = (word: string): word is Permission => (PERMISSIONS as readonly string[]).includes(word);
