'use client';

import { amountOf, cents } from '@valeo/money/money.ts';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { CashAccounts, RecordPayment, RecordSupplierPayment } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { today } from '#i18n/today.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { parseDecimal } from '#ui/decimal-input.ts';
import { Field, SelectField } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';
import { useFaultInView } from '#ui/use-fault-in-view.ts';

const words = {
  SALE: {
    title: 'ui.invoice.pay',
    day: 'ui.invoice.receivedOn',
    account: 'ui.invoice.account',
    discount: 'ui.invoice.discountGranted',
    done: 'ui.invoice.paid',
  },
  REFUND: {
    title: 'ui.invoice.refund',
    day: 'ui.invoice.refundedOn',
    account: 'ui.invoice.fromAccount',
    discount: 'ui.invoice.discountRefunded',
    done: 'ui.invoice.refunded',
  },
  PURCHASE: {
    title: 'ui.invoice.pay',
    day: 'ui.invoice.paidOn',
    account: 'ui.invoice.fromAccount',
    discount: 'ui.invoice.discountTaken',
    done: 'ui.invoice.paid',
  },
  PURCHASE_REFUND: {
    title: 'ui.invoice.refund',
    day: 'ui.invoice.receivedOn',
    account: 'ui.invoice.account',
    discount: 'ui.invoice.discountReturned',
    done: 'ui.invoice.refunded',
  },
} as const;

/** Records money that came in for an invoice, was paid back for a credit note, was paid for a supplier's bill, or came back for a supplier's credit note. */
export default function PaymentDialog({
  id,
  side = 'SALE',
  openAmount,
  onClose,
}: {
  id: string;
  side?: keyof typeof words;
  openAmount: string;
  onClose: () => void;
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const [amount, setAmount] = useState(format.amount(openAmount));
  const [day, setDay] = useState(today);
  const [accounts, setAccounts] = useState<readonly { number: string; name: string }[]>([]);
  // Who may post payments need not be allowed to read the chart of accounts.
  const [isTyped, setTyped] = useState(false);
  const [account, setAccount] = useState('');
  const [isDiscount, setDiscount] = useState(false);
  const [faults, setFaults] = useState<{ readonly amount?: string; readonly day?: string }>({});
  const received = useWrite(RecordPayment);
  const paid = useWrite(RecordSupplierPayment);
  const isPurchase = side === 'PURCHASE' || side === 'PURCHASE_REFUND';
  const word = words[side];
  const { busy, error } = isPurchase ? paid : received;

  useEffect(() => {
    const patience = new AbortController();
    request(CashAccounts, {}, patience.signal).then(
      ({ ledgerAccounts }) => {
        const found = ledgerAccounts?.edges.map((edge) => edge.node) ?? [];
        setAccounts(found);
        setTyped(found.length === 0);
        // The bank comes before the cash box wherever a chart has both.
        setAccount(found.find((each) => /^(1200|1800)/.test(each.number))?.number ?? found[0]?.number ?? '');
      },
      () => setTyped(!patience.signal.aborted),
    );
    return () => patience.abort();
  }, []);

  const value = parseDecimal(amount, format.locale, 2);
  const rest = value === null || cents(value) <= 0n ? 0n : cents(openAmount) - cents(value);

  const form = useRef<HTMLFormElement>(null);
  const showFault = useFaultInView(form, false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    // Of a page behind the dialog no form is meant.
    event.stopPropagation();
    if (busy) return;
    const isNumber = parseDecimal(amount, format.locale, 20) !== null;
    if (value === null || day === '') {
      setFaults({
        amount: value === null ? t(isNumber ? 'ui.form.twoDecimals' : 'ui.form.notANumber') : undefined,
        day: day === '' ? t('ui.form.required') : undefined,
      });
      return showFault();
    }
    const discount = isDiscount && rest > 0n ? amountOf(rest) : undefined;
    const done = isPurchase
      ? await paid.write({ supplierInvoiceId: id, amount: value, discount, paidOn: day, account })
      : await received.write({ salesInvoiceId: id, amount: value, discount, receivedOn: day, account });
    if (!done) return showFault();
    onClose();
    toast({ tone: 'ok', text: t(word.done, { amount: format.money(value) }) });
    router.refresh();
  };

  return (
    <Dialog
      title={t(word.title)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" form="payment" busy={busy}>
            {t(word.title)}
          </Button>
        </>
      }
    >
      <form ref={form} id="payment" className="stack" noValidate onSubmit={save}>
        <Field
          label={t('ui.invoice.amount')}
          required
          affix="€"
          className="num"
          inputMode="decimal"
          value={amount}
          hint={t('ui.invoice.openHint', { amount: format.money(openAmount) })}
          error={faults.amount ?? error?.fields.amount}
          onChange={(event) => {
            setAmount(event.target.value);
            setFaults({ ...faults, amount: undefined });
          }}
        />
        {rest > 0n && (
          <label className="choice">
            <input
              className="check"
              type="checkbox"
              checked={isDiscount}
              onChange={(event) => setDiscount(event.target.checked)}
            />
            <span>
              {t('ui.invoice.discount', { amount: format.money(amountOf(rest)) })}
              <small className="field-hint">{t(word.discount)}</small>
            </span>
          </label>
        )}
        <Field
          label={t(word.day)}
          required
          type="date"
          value={day}
          error={faults.day ?? error?.fields.receivedOn ?? error?.fields.paidOn}
          onChange={(event) => {
            setDay(event.target.value);
            setFaults({ ...faults, day: undefined });
          }}
        />
        {isTyped ? (
          <Field
            label={t(word.account)}
            required
            inputMode="numeric"
            value={account}
            hint={t('ui.invoice.accountHint')}
            error={error?.fields.account}
            onChange={(event) => setAccount(event.target.value.trim())}
          />
        ) : (
          <SelectField
            label={t(word.account)}
            required
            value={account}
            error={error?.fields.account}
            onChange={(event) => setAccount(event.target.value)}
          >
            {accounts.map((each) => (
              <option key={each.number} value={each.number}>
                {each.number} {each.name}
              </option>
            ))}
          </SelectField>
        )}
        {error && !Object.values(error.fields).includes(error.message) && (
          <Notice tone="danger" title={error.message} />
        )}
      </form>
    </Dialog>
  );
}
