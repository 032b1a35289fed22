'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { SetPeriodState } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';
import type { Period } from './PeriodButton.tsx';
import { type Unposted, unpostedIn } from './unposted.ts';

const states = ['OPEN', 'SOFT_CLOSED', 'LOCKED'] as const;

/** Says what each state means where it is chosen, and what taking one back is: a change that the audit trail keeps. */
export default function PeriodDialog({ onClose, ...period }: Period & { onClose: () => void }) {
  const { fiscalYear, month, state, name, calendar, may } = period;
  const { t } = useLanguage();
  const [unposted, setUnposted] = useState<readonly Unposted[]>([]);
  const router = useRouter();
  const [chosen, setChosen] = useState(state);
  const { write, busy, error } = useWrite(SetPeriodState);
  const isLoosened = states.indexOf(chosen) < states.indexOf(state);
  const isTightened = states.indexOf(chosen) > states.indexOf(state);
  useEffect(() => {
    const patience = new AbortController();
    const { sell, buy } = may;
    unpostedIn({ calendar, may: { sell, buy } }, patience.signal).then(setUnposted, () => undefined);
    return () => patience.abort();
  }, [calendar, may.sell, may.buy]);
  const save = async () => {
    if (busy || chosen === state || !(await write({ fiscalYear, month, state: chosen }))) return;
    onClose();
    toast({ tone: 'ok', text: t('ui.period.changed', { month: name, state: t(`ui.period.state.${chosen}`) }) });
    router.refresh();
  };
  return (
    <Dialog
      title={t('ui.period.question', { month: name })}
      onClose={onClose}
      onSubmit={save}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={chosen === state}>
            {t('ui.period.apply')}
          </Button>
        </>
      }
    >
      <div className="period-choices" role="radiogroup" aria-label={t('ui.period.question', { month: name })}>
        {states.map((each) => (
          <label key={each} className="choice">
            <input
              className="check"
              type="radio"
              name="state"
              checked={chosen === each}
              data-focus={chosen === each || undefined}
              onChange={() => setChosen(each)}
            />
            <span>
              <span className="medium">{t(`ui.period.state.${each}`)}</span>
              <span className="field-hint">{t(`ui.period.meaning.${each}`)}</span>
            </span>
          </label>
        ))}
      </div>
      {isTightened && unposted.length > 0 && (
        <Notice tone="warn" title={t('ui.period.unposted')}>
          <ul>
            {unposted.map(({ kind, count, href }) => (
              <li key={kind}>
                <a href={href}>{t(`ui.period.unposted.${kind}`, { count })}</a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {isLoosened && <Notice tone="warn" title={t('ui.period.reopening')} />}
      {error && <Notice tone="danger" title={error.message} />}
    </Dialog>
  );
}
