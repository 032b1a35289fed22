'use client';

import { useRouter } from 'next/navigation';
import { ChangeUserRole } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { toast } from '#ui/Toast.tsx';

/** The role of a colleague, changed in place. */
export function RoleSelect({
  userId,
  roleId,
  roles,
  label,
}: {
  userId: string;
  roleId: string;
  roles: readonly { value: string; label: string }[];
  label: string;
}) {
  const { t } = useLanguage();
  const router = useRouter();
  const { write, busy, error } = useWrite(ChangeUserRole);
  return (
    <>
      <select
        className="input"
        aria-label={label}
        disabled={busy}
        value={roleId}
        onChange={async (event) => {
          if (!(await write({ userId, roleId: event.target.value }))) return;
          const undo = { operation: ChangeUserRole, input: { userId, roleId } };
          const takeBack = async () => (await import('#ui/take-back.ts')).takeBack(undo, t, router.refresh);
          toast({ tone: 'ok', text: t('ui.saved'), action: { label: t('ui.undo'), run: () => void takeBack() } });
          router.refresh();
        }}
      >
        {roles.map((role) => (
          <option key={role.value} value={role.value}>
            {role.label}
          </option>
        ))}
      </select>
      {error && <p className="field-error">{error.message}</p>}
    </>
  );
}
