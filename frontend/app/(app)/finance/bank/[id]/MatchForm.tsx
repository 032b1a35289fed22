'use client';

import { amountOf } from '@valeo/money/money.ts';
import { useRouter } from 'next/navigation';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { MatchBankTransaction } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import type { Formats } from '#i18n/format.ts';
import type { FormHelpHandle } from '#offline/FormHelp.tsx';
import { useEditing } from '#offline/use-editing.ts';
import { useFormHelp } from '#offline/use-form-help.ts';
import { Button } from '#ui/Button.tsx';
import { Field, SelectField } from '#ui/Field.tsx';
import { late } from '#ui/late.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';
import { useFaultInView } from '#ui/use-fault-in-view.ts';
import { MatchGrid } from './MatchGrid.tsx';
import {
  compact,
  emptyPart,
  faultsAt,
  isTaxed,
  type MatchItem,
  type MatchPart,
  matchInput,
  offered,
  openOf,
  restOf,
} from './match-draft.ts';

const FormHelp = late(() => import('#offline/FormHelp.tsx'));

const nothing = { form: '', recordId: null, version: null };

interface MatchValues {
  readonly parts: readonly MatchPart[];
  readonly text: string;
  /** Number of the bank's account; the standard one when empty. */
  readonly account: string;
  /** Of the parts with a VAT code, by which the rate is chosen; found by the graph when empty. */
  readonly suppliedOn: string;
}

/** Posts a bank transaction: against the open items that it pays, against accounts, or both, until nothing of it is left. */
export function MatchForm({
  id,
  paid,
  suggestions,
  accounts,
  taxCodes,
}: {
  id: string;
  /** Amount of the transaction; what went out is negative. */
  paid: string;
  suggestions: readonly MatchItem[];
  accounts: readonly { readonly number: string; readonly name: string }[];
  taxCodes: readonly { readonly code: string; readonly name: string }[];
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const [initial] = useState<MatchValues>(() => ({
    parts: firstParts(suggestions, paid, format),
    text: '',
    account: '',
    suppliedOn: '',
  }));
  const editing = useEditing(nothing, initial);
  const { values, setValues } = editing;
  const { parts } = values;
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const { write, busy, error } = useWrite(MatchBankTransaction);
  const sent = useRef<ReturnType<typeof matchInput>['places']>({ items: [], lines: [] });
  const form = useRef<HTMLFormElement>(null);
  const help = useRef<FormHelpHandle>(null);
  const { helped, guard } = useFormHelp(editing.changed, null);
  const showFault = useFaultInView(form, false);
  const refresh = useCallback(() => router.refresh(), [router]);
  const rest = restOf(paid, parts, format.locale);

  const patch = (change: Partial<MatchValues>) => {
    setFaults({});
    setValues((now) => ({ ...now, ...change }));
  };
  useEffect(() => {
    if (!error) return;
    setFaults(faultsAt(error.fields, sent.current));
    showFault();
  }, [error, showFault]);

  const take = (item: MatchItem) => {
    const part = emptyPart({
      item,
      name: item.partnerName,
      amount: format.decimal(offered(item, paid, rest), 2),
    });
    patch({ parts: compact([...parts, part]) });
  };
  const post = async () => {
    const shown = compact(parts);
    const {
      input,
      faults: found,
      places,
    } = matchInput(
      paid,
      shown,
      format.locale,
      {
        required: t('ui.form.required'),
        notANumber: t('ui.form.notANumber'),
        nothing: t('ui.match.required'),
      },
      values.suppliedOn,
    );
    setValues((now) => ({ ...now, parts: shown }));
    setFaults(found);
    if (Object.keys(found).length > 0) return showFault();
    sent.current = places;
    const done = await write({ id, ...input, account: values.account || null, text: values.text.trim() || null });
    if (!done) return;
    const number = done.matchBankTransaction.bankTransaction?.journalEntry?.number ?? '';
    toast({ tone: 'ok', text: t('ui.journal.posted', { number }) });
    guard.release();
    help.current?.settle();
    setValues(initial);
    router.refresh();
  };
  const chosen = new Set(parts.map(({ item }) => item?.id));

  return (
    <form className="match-form" ref={form} onSubmit={(event) => event.preventDefault()} noValidate>
      {helped && (
        <Suspense>
          <FormHelp
            record={null}
            editing={editing as never}
            guard={guard}
            handle={help}
            title=""
            draftId={null}
            refresh={refresh}
            label={(path) => path}
            show={(_, value) => String(value)}
          />
        </Suspense>
      )}
      <section>
        <h2 className="field-label entry-title">{t('ui.match.suggestions')}</h2>
        {suggestions.length === 0 && <p className="muted">{t('ui.match.noSuggestions')}</p>}
        {suggestions.length > 0 && (
          <div className="mini-list" tabIndex={0}>
            <table className="table">
              <tbody>
                {suggestions.map((item) => (
                  <tr key={item.id}>
                    <td className="tabn">{item.reference}</td>
                    <td>{item.partnerName}</td>
                    <td className="tabn muted">{format.date(item.dueOn)}</td>
                    <td className="num">{format.money(amountOf(openOf(item, paid)))}</td>
                    <td className="num">
                      <Button
                        size="sm"
                        kind="ghost"
                        icon="plus"
                        disabled={chosen.has(item.id)}
                        onClick={() => take(item)}
                      >
                        {t('ui.match.take')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section>
        <h2 className="field-label entry-title">{t('ui.match.parts')}</h2>
        <MatchGrid
          paid={paid}
          parts={parts}
          taxCodes={taxCodes}
          errors={faults}
          onChange={(next) => patch({ parts: next })}
        />
        <p className="match-rest" aria-live="polite">
          <span>{t('ui.match.rest')}</span>
          <strong className={rest === 0n ? 'tabn' : 'tabn late'}>{format.money(amountOf(rest))}</strong>
        </p>
      </section>
      <fieldset className="record-grid">
        <legend className="visually-hidden">{t('ui.match.posting')}</legend>
        <Field
          label={t('ui.journal.text')}
          maxLength={200}
          value={values.text}
          hint={t('ui.match.textHint')}
          error={error?.fields.text}
          onChange={(event) => patch({ text: event.target.value })}
        />
        <SelectField
          label={t('ui.match.bankAccount')}
          value={values.account}
          error={error?.fields.account}
          onChange={(event) => patch({ account: event.target.value })}
        >
          <option value="">{t('ui.match.standardAccount')}</option>
          {accounts.map((each) => (
            <option key={each.number} value={each.number}>
              {each.number} {each.name}
            </option>
          ))}
        </SelectField>
        {parts.some(isTaxed) && (
          <Field
            label={t('ui.trade.suppliedOn')}
            type="date"
            value={values.suppliedOn}
            hint={t('ui.match.suppliedOnHint')}
            onChange={(event) => patch({ suppliedOn: event.target.value })}
          />
        )}
      </fieldset>
      {error && <Notice tone="danger" title={error.message} />}
      <div className="record-actions">
        <Button kind="primary" icon="check" busy={busy} onClick={post}>
          {t('ui.match.post')}
        </Button>
      </div>
    </form>
  );
}

/** The only item of the very amount stands there to begin with; everything else is for the reader to choose. */
function firstParts(suggestions: readonly MatchItem[], paid: string, format: Formats): readonly MatchPart[] {
  const [exact, ...others] = suggestions.filter((item) => amountOf(openOf(item, paid)) === paid.replace('-', ''));
  if (!exact || others.length > 0) return [emptyPart()];
  const amount = format.decimal(paid.replace('-', ''), 2);
  return compact([emptyPart({ item: exact, name: exact.partnerName, amount })]);
}
