/** Someone who has a role, or will have it. */
export interface Holder {
  readonly id: string;
  readonly name: string;
  /** Invited, and not here yet. */
  readonly invited: boolean;
}

interface Held {
  readonly id: string;
  readonly role: { readonly id: string } | null;
}

/** Everyone who has a role: people by name, then invitations by address. */
export function holdersOf(
  roleId: string,
  users: readonly (Held & { readonly name: string })[],
  invitations: readonly (Held & { readonly email: string })[],
): readonly Holder[] {
  const hold = ({ role }: Held) => role?.id === roleId;
  return [
    ...users.filter(hold).map(({ id, name }) => ({ id, name, invited: false })),
    ...invitations.filter(hold).map(({ id, email }) => ({ id, name: email, invited: true })),
  ];
}

/** Nobody changes a role that can do more than they can. */
export const mayChange = (
  role: { readonly builtIn: boolean; readonly permissions: readonly string[] },
  own: readonly string[],
): boolean => !role.builtIn && own.includes('users:manage') && role.permissions.every((each) => own.includes(each));
