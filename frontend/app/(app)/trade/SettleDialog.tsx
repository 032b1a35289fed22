'use client';

import { amountOf } from '@valeo/money/money.ts';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { SettleCandidates, type SettleCandidatesData, SettleOpenItems } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { today } from '#i18n/today.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';
import { claimOf, settlement } from './settle.ts';

type Item = NonNullable<SettleCandidatesData['openItems']>['edges'][number]['node'];

export interface Settling {
  /** Type and id of the document, as open items name it. */
  readonly source: string;
  readonly partnerId: string;
  readonly number: string | null;
  /** Numbers of the documents that it belongs with: they are offered first. */
  readonly first?: readonly string[];
}

const none: readonly string[] = [];

/** Settles a document by credits, or a credit by claims, of the same partner; no money moves. */
export default function SettleDialog({
  source,
  partnerId,
  number,
  first = none,
  onClose,
}: Settling & { onClose: () => void }) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const [isLost, setLost] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [day, setDay] = useState(today);
  const { write, busy, error } = useWrite(SettleOpenItems);

  useEffect(() => {
    const patience = new AbortController();
    // A partner may have more open than one page of it: the document itself and what belongs with it are asked for by their numbers.
    const numbers = number ? [number, ...first] : first;
    request(SettleCandidates, { partner: partnerId, numbers }, patience.signal).then(
      (data) => setItems(candidates(data)),
      () => patience.signal.aborted || setLost(true),
    );
    return () => patience.abort();
  }, [partnerId, number, first]);

  const own = items?.find((item) => item.source === source);
  const others = own ? (items ?? []).filter((item) => claimOf(item) > 0n !== claimOf(own) > 0n) : [];
  const found =
    own &&
    settlement(
      own,
      chosen.flatMap((id) => others.find((item) => item.id === id) ?? []),
    );
  const can = found !== undefined && found.items.length > 0 && day !== '';

  const settle = async () => {
    if (busy || !can) return;
    const done = await write({ items: found.items, settledOn: day });
    if (!done) return;
    onClose();
    toast({ tone: 'ok', text: t('ui.settle.done', { amount: format.money(found.total) }) });
    router.refresh();
  };

  return (
    <Dialog
      title={t('ui.settle.title')}
      onClose={onClose}
      onSubmit={settle}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={!can}>
            {t('ui.settle.action')}
          </Button>
        </>
      }
    >
      {isLost && <Notice tone="danger" title={t('ui.error.title')} />}
      {items && others.length === 0 && <p className="muted">{t('ui.settle.nothing')}</p>}
      {others.length > 0 && (
        <fieldset className="choices">
          <legend className="field-label">{t('ui.settle.against')}</legend>
          {others.map((item) => (
            <label className="choice" key={item.id}>
              <input
                className="check"
                type="checkbox"
                // The list comes when the dialog has long begun at the button that closes it.
                autoFocus={item === others[0]}
                checked={chosen.includes(item.id)}
                onChange={({ target }) =>
                  setChosen(target.checked ? [...chosen, item.id] : chosen.filter((id) => id !== item.id))
                }
              />
              <span>
                {item.reference || t('ui.settle.noReference')}{' '}
                <span className="tabn">{format.money(amountOf(abs(claimOf(item))))}</span>
                <small className="field-hint">{format.date(item.dueOn)}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {others.length > 0 && (
        <>
          <Field
            label={t('ui.settle.day')}
            type="date"
            required
            value={day}
            error={error?.fields.settledOn}
            onChange={(event) => setDay(event.target.value)}
          />
          <p aria-live="polite">{t('ui.settle.sum', { amount: format.money(found?.total ?? '0.00') })}</p>
        </>
      )}
      {error && !Object.values(error.fields).includes(error.message) && <Notice tone="danger" title={error.message} />}
    </Dialog>
  );
}

/** Each item once, those that were named in front. */
function candidates({ named, openItems }: SettleCandidatesData): Item[] {
  const all = [...(named?.edges ?? []), ...(openItems?.edges ?? [])].map(({ node }) => node);
  return [...new Map(all.map((item) => [item.id, item])).values()];
}

const abs = (amount: bigint) => (amount < 0n ? -amount : amount);
