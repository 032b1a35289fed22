'use client';

import { useRouter } from 'next/navigation';
import { lazy, Suspense, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import {
  CreateSalesInvoice,
  InvoiceLive,
  PostSalesInvoice,
  TaxCodes,
  UpdateSalesInvoice,
} from '#graphql/_generated/operations.ts';
import { newIdempotencyKey, request } from '#graphql/client.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { useConnection } from '#offline/connection.ts';
import { DraftOffer, type FormDraft } from '#offline/DraftOffer.tsx';
import type { FormHelpHandle } from '#offline/FormHelp.tsx';
import { type EditedRecord, useEditing } from '#offline/use-editing.ts';
import { useFormHelp } from '#offline/use-form-help.ts';
import { Button } from '#ui/Button.tsx';
import { Combobox } from '#ui/Combobox.tsx';
import { Field } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Iso } from '#ui/Status.tsx';
import { toast } from '#ui/Toast.tsx';
import { type Draft, draftInput, draftTotals, withOwnKeys } from './draft.ts';
import { EntrySide } from './EntrySide.tsx';
import { findCustomers } from './find.ts';
import { LineGrid, labelOf } from './LineGrid.tsx';

const FormHelp = lazy(() => import('#offline/FormHelp.tsx'));

export interface TaxCode {
  readonly code: string;
  readonly name: string;
  readonly rate: string;
  readonly direction: string;
}

const labels = {
  customer: 'ui.entry.customer',
  suppliedOn: 'ui.entry.suppliedOn',
  issuedOn: 'ui.entry.issuedOn',
  paymentTermDays: 'ui.entry.term',
  reference: 'ui.entry.reference',
  note: 'ui.entry.note',
  lines: 'ui.entry.lines',
} as const;

/** Writing an invoice: totals follow every key, errors stand where they belong, and nothing typed is ever lost. */
export function InvoiceForm({
  initial,
  edited,
  drafts,
  taxCodes: firstTaxCodes,
}: {
  initial: Draft;
  edited: { readonly id: string; readonly version: number } | null;
  drafts: readonly FormDraft[];
  taxCodes: readonly TaxCode[];
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const record = useMemo<EditedRecord>(
    () => ({ form: 'sales.invoice', recordId: edited?.id ?? null, version: edited?.version ?? null }),
    [edited?.id, edited?.version],
  );
  const editing = useEditing(record, initial);
  const { values: draft, setValues: setDraft, changed } = editing;
  const { offline } = useConnection();
  const [draftId, setDraftId] = useState<string | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [parking, setParking] = useState(false);
  const help = useRef<FormHelpHandle>(null);
  const helped = useFormHelp(changed, record);
  const refresh = useCallback(() => router.refresh(), [router]);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [taxCodes, setTaxCodes] = useState(firstTaxCodes);
  const creating = useWrite(CreateSalesInvoice);
  const updating = useWrite(UpdateSalesInvoice);
  const posting = useWrite(PostSalesInvoice);
  const form = useRef<HTMLFormElement>(null);
  const customerId = useId();
  const title = draft.customer?.name ?? t('ui.formName.invoice');
  const busy = creating.busy || updating.busy || posting.busy || parking;
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

  const rates = useMemo(() => new Map(taxCodes.map((tax) => [tax.code, tax.rate])), [taxCodes]);
  const totals = useMemo(() => draftTotals(draft.lines, rates, format.locale), [draft.lines, rates, format.locale]);
  const { restore } = editing;
  const restoreOwn = useCallback<typeof restore>(
    (left) => restore({ ...left, values: withOwnKeys(left.values) }),
    [restore],
  );
  const label = (path: string): string => {
    const [, row] = /^lines\.(\d+)/.exec(path) ?? [];
    if (row) return `${t('ui.entry.positionAt', { position: Number(row) + 1 })}: ${t(`ui.entry.${labelOf(path)}`)}`;
    const word = labels[path as keyof typeof labels];
    return word ? t(word) : path;
  };
  const show = (path: string, value: unknown): string => {
    if (path === 'lines') return t('ui.entry.lineCount', { count: (value as unknown[]).filter(Boolean).length });
    return typeof value === 'object' ? ((value as Draft['customer'])?.name ?? '') : String(value);
  };
  const failure = creating.error ?? updating.error ?? posting.error;
  const errors = { ...failure?.fields, ...faults };

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
    if (editing.conflicts.length > 0) return refuse(t('ui.merge.open'));
    setNotice(null);
    if (offline || help.current?.queued) return park(input, newIdempotencyKey(), false);
    const { attempt } = edited ? updating : creating;
    const id = edited
      ? (await updating.write({ ...input, ...edited }))?.updateSalesInvoice.salesInvoice?.id
      : (await creating.write(input))?.createSalesInvoice.salesInvoice?.id;
    if (id) return id;
    const { code, key } = attempt.current;
    if (code === 'OFFLINE') return park(input, key, navigator.onLine);
    // A write of an earlier build goes on in the current one.
    if (code === 'PERSISTED_QUERY_NOT_FOUND') return park(input, key, false);
    // The newer version comes and is merged into what was typed.
    if (code === 'CONFLICT') refresh();
    return null;
  };
  const refuse = (text: string): null => {
    setNotice(text);
    return null;
  };
  /** Into the outbox. What could be sent at once is saved like any other; the rest is shown where it waits. */
  const park = async (input: object, key: string, sent: boolean): Promise<string | null> => {
    setParking(true);
    try {
      const { parkWrite } = await import('#offline/park-write.ts');
      const [operation, mutation] = edited
        ? ([UpdateSalesInvoice, 'updateSalesInvoice'] as const)
        : ([CreateSalesInvoice, 'createSalesInvoice'] as const);
      const outcome = await parkWrite(
        record,
        {
          operation,
          mutation,
          object: 'salesInvoice',
          input: { ...input, ...edited },
          key,
          sent,
          title,
          values: { ...draft },
          base: { ...editing.base.values },
        },
        help.current?.queued ?? null,
      );
      if (outcome.state === 'done') return outcome.id ?? edited?.id ?? null;
      if (outcome.state === 'refused') {
        setFaults(Object.fromEntries(outcome.fault.fields.map(({ path, message }) => [path, message])));
        if (outcome.fault.code === 'CONFLICT') refresh();
        return refuse(outcome.fault.message);
      }
      help.current?.settle();
      toast({ tone: 'ok', text: t(outcome.state === 'gone' ? 'ui.outbox.gone' : 'ui.outbox.parked') });
      (help.current?.leave ?? router.push)('/outbox');
      return null;
    } finally {
      setParking(false);
    }
  };
  const leave = (id: string) => {
    help.current?.settle();
    (help.current?.leave ?? router.push)(`/sales/invoices/${id}`);
    router.refresh();
  };
  const saveDraft = async () => {
    const id = await save();
    if (!id) return;
    toast({ tone: 'ok', text: t('ui.entry.saved') });
    leave(id);
  };
  const savePosted = async () => {
    // Numbers, dates and periods are the server's to decide: nothing is ever posted later.
    if (offline) toast({ tone: 'danger', text: t('ui.offline.notPosted') });
    const id = await save();
    if (!id) return;
    const data = await posting.write({ id });
    if (data) {
      toast({ tone: 'ok', text: t('ui.invoice.posted', { number: data.postSalesInvoice.salesInvoice?.number ?? '' }) });
      leave(id);
    } else if (!edited) {
      // The draft is safe; what stands in the way of posting it is said on its own page.
      help.current?.settle();
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
          <DraftOffer<Draft>
            record={record}
            drafts={drafts}
            onContinue={(id, left) => {
              setDraftId(id);
              editing.restore({ ...left, values: withOwnKeys(left.values) });
            }}
          />
          {helped && (
            <Suspense>
              <FormHelp
                record={record}
                editing={{ ...editing, restore: restoreOwn }}
                handle={help}
                title={title}
                draftId={draftId}
                live={InvoiceLive}
                refresh={refresh}
                label={label}
                show={show}
              />
            </Suspense>
          )}
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
        <EntrySide totals={totals} errors={errors} failure={failure?.message ?? notice} />
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
