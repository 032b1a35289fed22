import type { ReactNode } from 'react';
import { viewer } from './viewer.ts';

/** Offers something only to readers who may do it. The graph refuses it anyway; this keeps the screen honest. */
export async function Allowed({
  permission,
  otherwise = null,
  children,
}: {
  permission: string;
  otherwise?: ReactNode;
  children: ReactNode;
}) {
  const { permissions } = await viewer();
  return permissions.includes(permission) ? children : otherwise;
}
