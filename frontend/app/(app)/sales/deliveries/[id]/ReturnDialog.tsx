'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ReturnDelivery } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { today } from '#i18n/today.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { parseDecimal } from '#ui/decimal-input.ts';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';

export interface Returning {
  readonly id: string;
  readonly number: string;
  /** What of each line is still with the customer. */
  readonly lines: readonly {
    readonly position: number;
    readonly sku: string;
    readonly description: string;
    readonly out: string;
  }[];
  /** It is billed: what comes back is to be credited as well. */
  readonly billed: boolean;
}

/** All of a delivery comes back unless less is typed; a line of zero stays with the customer. */
export default function ReturnDialog({ id, number, lines, billed, onClose }: Returning & { onClose: () => void }) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const [quantities, setQuantities] = useState(() => lines.map(({ out }) => format.decimal(out)));
  const [reason, setReason] = useState('');
  const [returnedOn, setReturnedOn] = useState(today);
  const [tried, setTried] = useState(false);
  const { write, busy, error } = useWrite(ReturnDelivery);

  const typed = quantities.map((text) => parseDecimal(text || '0', format.locale));
  const back = lines.flatMap(({ position }, at) => {
    const quantity = typed[at];
    return quantity == null || /^[0.]*$/.test(quantity) ? [] : [{ at, position, quantity }];
  });
  const faultOf = (at: number): string | undefined => {
    const quantity = typed[at];
    if (quantity == null || quantity.startsWith('-')) return t('ui.form.notANumber');
    const sent = back.findIndex((line) => line.at === at);
    return error?.fields[`lines.${sent}.quantity`];
  };
  const missing = (value: string) => (tried && value.trim() === '' ? t('ui.form.required') : undefined);
  const take = async () => {
    setTried(true);
    const isWrong = typed.some((quantity) => quantity === null || quantity.startsWith('-'));
    if (reason.trim() === '' || returnedOn === '' || isWrong || back.length === 0) return;
    const input = back.map(({ position, quantity }) => ({ position, quantity }));
    if (!(await write({ id, reason: reason.trim(), returnedOn, lines: input }))) return;
    onClose();
    toast({ tone: 'ok', text: t('ui.return.done', { number }) });
    router.refresh();
  };
  return (
    <Dialog
      title={t('ui.return.question', { number })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.keep')}</Button>
          <Button kind="danger" busy={busy} onClick={take}>
            {t('ui.return.action')}
          </Button>
        </>
      }
    >
      <p>{t(billed ? 'ui.return.billed' : 'ui.return.text')}</p>
      <Field
        label={t('ui.invoice.reason')}
        required
        data-focus
        maxLength={200}
        value={reason}
        error={missing(reason) ?? error?.fields.reason}
        placeholder={t('ui.invoice.reasonExample')}
        onChange={(event) => setReason(event.target.value)}
      />
      <Field
        label={t('ui.return.day')}
        type="date"
        required
        value={returnedOn}
        error={missing(returnedOn) ?? error?.fields.returnedOn}
        onChange={(event) => setReturnedOn(event.target.value)}
      />
      {lines.map(({ position, sku, description, out }, at) => (
        <Field
          key={position}
          label={`${sku} ${description}`}
          hint={t('ui.return.out', { quantity: format.decimal(out) })}
          inputMode="decimal"
          value={quantities[at] ?? ''}
          error={faultOf(at)}
          onFocus={(event) => event.target.select()}
          onChange={({ target }) => setQuantities((now) => now.map((each, row) => (row === at ? target.value : each)))}
        />
      ))}
      {tried && back.length === 0 && <Notice tone="danger" title={t('ui.return.nothing')} />}
      {error && !Object.values(error.fields).includes(error.message) && <Notice tone="danger" title={error.message} />}
    </Dialog>
  );
}
