'use client';

import { useRouter } from 'next/navigation';
import { SetPreference } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';

/** Puts the first steps away for this reader. */
export function DismissSteps() {
  const { t } = useLanguage();
  const router = useRouter();
  const { write, busy } = useWrite(SetPreference);
  const dismiss = async () => {
    if (await write({ key: 'onboarding', value: 'done' })) router.refresh();
  };
  return <Button kind="ghost" size="sm" icon="x" label={t('ui.dashboard.dismiss')} busy={busy} onClick={dismiss} />;
}
