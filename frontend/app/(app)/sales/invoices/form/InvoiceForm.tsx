'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import {
  CreateSalesInvoice,
  FindCustomers,
  PostSalesInvoice,
  TaxCodes,
  UpdateSalesInvoice,
} from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Combobox } from '#ui/Combobox.tsx';
import { Field } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Notice } from '#ui/States.tsx';
import { Iso } from '#ui/Status.tsx';
import { toast } from '#ui/Toast.tsx';
import { type Draft, draftInput, draftTotals } from './draft.ts';
import { LineGrid, labelOf } from './LineGrid.tsx';

export interface TaxCode {
  readonly code: string;
  readonly name: string;
  readonly rate: string;
  readonly direction: string;
}

async function findCustomers(text: string, signal: AbortSignal) {
  const { businessPartners } = await request(
    FindCustomers,
    {
      filter: { kinds: { contains: 'CUSTOMER' }, or: [{ number: { startsWith: text } }, { name: { contains: text } }] },
    },
    signal,
  );
  return businessPartners?.edges.map((edge) => edge.node) ?? [];
}

/** Writing an invoice: totals follow every key, errors stand where they belong, and nothing typed is ever lost. */
export function InvoiceForm({
  initial,
  edited,
  taxCodes: firstTaxCodes,
}: {
  initial: Draft;
  edited: { readonly id: string; readonly version: number } | null;
  taxCodes: readonly TaxCode[];
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const [draft, setDraft] = useState(initial);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [taxCodes, setTaxCodes] = useState(firstTaxCodes);
  const creating = useWrite(CreateSalesInvoice);
  const updating = useWrite(UpdateSalesInvoice);
  const posting = useWrite(PostSalesInvoice);
  const form = useRef<HTMLFormElement>(null);
  const customerId = useId();
  const busy = creating.busy || updating.busy || posting.busy;
  const changed = draft !== initial;
  const patch = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));

  useEffect(() => {
    if (draft.suppliedOn === initial.suppliedOn || !draft.suppliedOn) return;
    const patience = new AbortController();
    request(TaxCodes, { on: draft.suppliedOn }, patience.signal).then(
      (data) => setTaxCodes(data.taxCodes.filter((tax) => tax.direction === 'SALE')),
      () => undefined,
    );
    return () => patience.abort();
  }, [draft.suppliedOn, initial.suppliedOn]);

  useEffect(() => {
    if (!changed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [changed]);

  const rates = useMemo(() => new Map(taxCodes.map((tax) => [tax.code, tax.rate])), [taxCodes]);
  const totals = useMemo(() => draftTotals(draft.lines, rates, format.locale), [draft.lines, rates, format.locale]);
  const failure = creating.error ?? updating.error ?? posting.error;
  const errors = { ...failure?.fields, ...faults };
  const errorPaths = Object.keys(errors);

  const save = async (): Promise<string | null> => {
    const { input, faults: found } = draftInput(draft, format.locale, {
      required: t('ui.form.required'),
      notANumber: t('ui.form.notANumber'),
      positive: t('ui.form.positive'),
      noLines: t('ui.entry.noLines'),
    });
    setFaults(found);
    if (Object.keys(found).length > 0) {
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return null;
    }
    if (edited) {
      const data = await updating.write({ ...input, id: edited.id, version: edited.version });
      return data?.updateSalesInvoice.salesInvoice?.id ?? null;
    }
    const data = await creating.write(input);
    return data?.createSalesInvoice.salesInvoice?.id ?? null;
  };
  const leave = (id: string) => {
    router.push(`/sales/invoices/${id}`);
    router.refresh();
  };
  const saveDraft = async () => {
    const id = await save();
    if (!id) return;
    toast({ tone: 'ok', text: t('ui.entry.saved') });
    leave(id);
  };
  const savePosted = async () => {
    const id = await save();
    if (!id) return;
    const data = await posting.write({ id });
    if (data) {
      toast({ tone: 'ok', text: t('ui.invoice.posted', { number: data.postSalesInvoice.salesInvoice?.number ?? '' }) });
      leave(id);
    } else if (!edited) {
      // The draft is safe; what stands in the way of posting it is said on its own page.
      router.replace(`/sales/invoices/${id}/edit`);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || busy) return;
    if (event.key === 's') {
      event.preventDefault();
      void saveDraft();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void savePosted();
    }
  };

  return (
    <>
      <form
        className="entry-form"
        ref={form}
        onKeyDown={onKeyDown}
        onSubmit={(event) => event.preventDefault()}
        noValidate
      >
        <div className="entry-main">
          <fieldset className="form-grid">
            <legend className="visually-hidden">{t('ui.entry.head')}</legend>
            <div className="field">
              <label className="field-label" htmlFor={customerId}>
                {t('ui.entry.customer')} <span className="req">*</span>
              </label>
              <div className={errors.customerId ? 'input-wrap is-invalid combo-anchor' : 'input-wrap combo-anchor'}>
                <Icon name="users" size="sm" />
                <Combobox
                  inputId={customerId}
                  label={t('ui.entry.customer')}
                  text={draft.customer?.name ?? ''}
                  nothing={t('ui.entry.noCustomer')}
                  invalid={Boolean(errors.customerId)}
                  autoFocus={!draft.customer}
                  search={findCustomers}
                  render={(partner) => (
                    <>
                      <span className="tabn muted">{partner.number}</span>
                      <span className="truncate">{partner.name}</span>
                      <span className="truncate subtle">{partner.city}</span>
                      <span>
                        <Iso code={partner.country} name={format.country(partner.country)} />
                      </span>
                    </>
                  )}
                  onPick={(partner) =>
                    patch({
                      customer: {
                        id: partner.id,
                        name: partner.name,
                        detail: `${partner.number}, ${format.country(partner.country)}`,
                      },
                      paymentTermDays: String(partner.paymentTermDays),
                    })
                  }
                />
              </div>
              {errors.customerId ? (
                <p className="field-error">
                  <Icon name="error" />
                  {errors.customerId}
                </p>
              ) : (
                <p className="field-hint">{draft.customer?.detail}</p>
              )}
            </div>
            <Field
              label={t('ui.entry.suppliedOn')}
              type="date"
              required
              value={draft.suppliedOn}
              error={errors.suppliedOn}
              onChange={(event) => patch({ suppliedOn: event.target.value })}
            />
            <Field
              label={t('ui.entry.issuedOn')}
              type="date"
              value={draft.issuedOn}
              error={errors.issuedOn}
              onChange={(event) => patch({ issuedOn: event.target.value })}
            />
            <Field
              label={t('ui.entry.term')}
              inputMode="numeric"
              affix={t('ui.entry.days')}
              value={draft.paymentTermDays}
              error={errors.paymentTermDays}
              onChange={(event) => patch({ paymentTermDays: event.target.value })}
            />
          </fieldset>
          <section>
            <h2 className="field-label entry-title">{t('ui.entry.lines')}</h2>
            <LineGrid
              lines={draft.lines}
              nets={totals.lineNets}
              taxCodes={taxCodes}
              errors={errors}
              onChange={(lines) => {
                setFaults({});
                patch({ lines });
              }}
            />
            {errors.lines && (
              <p className="field-error">
                <Icon name="error" />
                {errors.lines}
              </p>
            )}
          </section>
          <fieldset className="form-grid form-grid--2">
            <legend className="visually-hidden">{t('ui.entry.texts')}</legend>
            <Field
              label={t('ui.entry.reference')}
              value={draft.reference}
              error={errors.reference}
              onChange={(event) => patch({ reference: event.target.value })}
            />
            <Field
              label={t('ui.entry.note')}
              value={draft.note}
              error={errors.note}
              onChange={(event) => patch({ note: event.target.value })}
            />
          </fieldset>
        </div>
        <aside className="entry-side" aria-label={t('ui.entry.sums')}>
          <dl className="totals" aria-live="polite">
            <div>
              <dt>{t('ui.entry.net')}</dt>
              <dd className="num">{format.money(totals.net)}</dd>
            </div>
            {totals.groups.map((group) => (
              <div key={group.taxCode}>
                <dt>{t('ui.entry.vat', { rate: format.decimal(group.rate), code: group.taxCode })}</dt>
                <dd className="num">{format.money(group.tax)}</dd>
              </div>
            ))}
            <div className="total">
              <dt>{t('ui.entry.gross')}</dt>
              <dd className="num">{format.money(totals.gross)}</dd>
            </div>
          </dl>
          {errorPaths.length > 0 ? (
            <Notice tone="danger" title={failure?.message ?? t('ui.entry.check', { count: errorPaths.length })}>
              {errorPaths.slice(0, 6).map((path) => {
                const [, row] = /^lines\.(\d+)\./.exec(path) ?? [];
                return (
                  <a key={path} href={row ? `#line-${row}` : '#main'} className="error-link">
                    {row
                      ? `${t('ui.entry.positionAt', { position: Number(row) + 1 })}: ${t(`ui.entry.${labelOf(path)}`)}`
                      : errors[path]}
                  </a>
                );
              })}
            </Notice>
          ) : (
            failure && <Notice tone="danger" title={failure.message} />
          )}
          <section className="keys-box">
            <h2 className="field-label entry-title">{t('ui.entry.keys')}</h2>
            <dl className="keys">
              {(
                [
                  ['next', ['↵']],
                  ['rows', ['↑', '↓']],
                  ['copy', [t('ui.key.ctrl'), 'D']],
                  ['remove', [t('ui.key.ctrl'), t('ui.key.delete')]],
                ] as const
              ).map(([name, keys]) => (
                <div key={name} className="keys-row">
                  <dt>{t(`ui.entry.key.${name}`)}</dt>
                  <dd>
                    {keys.map((each) => (
                      <kbd className="kbd" key={each}>
                        {each}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        </aside>
      </form>
      <footer className="savebar">
        <a className="btn btn--ghost only-wide" href={edited ? `/sales/invoices/${edited.id}` : '/sales/invoices'}>
          {t('ui.discard')}
        </a>
        <div className="end">
          <Button onClick={saveDraft} disabled={busy}>
            {t('ui.entry.saveDraft')}
            <kbd className="kbd only-desk">{t('ui.key.ctrl')} S</kbd>
          </Button>
          <Button kind="primary" onClick={savePosted} busy={busy}>
            {t('ui.entry.post')}
            <kbd className="kbd only-desk">{t('ui.key.ctrl')} ↵</kbd>
          </Button>
        </div>
      </footer>
    </>
  );
}
