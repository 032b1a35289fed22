'use client';

import { useRouter } from 'next/navigation';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { TaxCodes } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { DraftOffer, type FormDraft } from '#offline/DraftOffer.tsx';
import type { FormHelpHandle } from '#offline/FormHelp.tsx';
import { type EditedRecord, useEditing } from '#offline/use-editing.ts';
import { useFormHelp } from '#offline/use-form-help.ts';
import { Button } from '#ui/Button.tsx';
import { Field } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import { PartnerField } from '#ui/PartnerField.tsx';
import { toast } from '#ui/Toast.tsx';
import { draftTotals, withOwnKeys } from '../../sales/invoices/form/draft.ts';
import { EntrySide } from '../../sales/invoices/form/EntrySide.tsx';
import type { TaxCode } from '../../sales/invoices/form/InvoiceForm.tsx';
import { LineGrid, labelOf } from '../../sales/invoices/form/LineGrid.tsx';
import { type TradeKind, type TradeKindName, tradeKinds } from './kinds.ts';
import { type TradeDraft, tradeInput } from './trade-draft.ts';

const FormHelp = lazy(() => import('#offline/FormHelp.tsx'));

/** Writing a quote, an order, a purchase order or a supplier's bill: the same grid, totals, drafts and merging everywhere. */
export function TradeForm({
  kind: kindName,
  initial,
  edited,
  orderId,
  drafts,
  taxCodes: firstTaxCodes,
}: {
  kind: TradeKindName;
  initial: TradeDraft;
  edited: { readonly id: string; readonly version: number } | null;
  /** The purchase order that a bill is about. */
  orderId?: string | null;
  drafts: readonly FormDraft[];
  taxCodes: readonly TaxCode[];
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const kind: TradeKind = tradeKinds[kindName];
  const purchase = kind.side === 'PURCHASE';
  const record = useMemo<EditedRecord>(
    () => ({ form: kind.form, recordId: edited?.id ?? null, version: edited?.version ?? null }),
    [kind.form, edited?.id, edited?.version],
  );
  const editing = useEditing(record, initial);
  const { values: draft, setValues: setDraft, changed, restore } = editing;
  const [draftId, setDraftId] = useState<string | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [taxCodes, setTaxCodes] = useState(firstTaxCodes);
  const saving = useWrite(edited ? kind.update : kind.create);
  const form = useRef<HTMLFormElement>(null);
  const help = useRef<FormHelpHandle>(null);
  const helped = useFormHelp(changed, record);
  const refresh = useCallback(() => router.refresh(), [router]);
  const title = draft.partner?.name ?? t(kind.title);
  const patch = (change: Partial<TradeDraft>) => {
    setFaults({});
    setDraft((now) => ({ ...now, ...change }));
  };

  const rateDay = draft[kind.rateDay];
  const firstDay = initial[kind.rateDay];
  useEffect(() => {
    if (rateDay === firstDay || !rateDay) return;
    const patience = new AbortController();
    request(TaxCodes, { on: rateDay }, patience.signal).then(
      (data) => setTaxCodes(data.taxCodes.filter((tax) => tax.direction === kind.side)),
      () => undefined,
    );
    return () => patience.abort();
  }, [rateDay, firstDay, kind.side]);

  const totals = useMemo(() => {
    // A purchase without a code gets its VAT from the server; until then its net counts.
    const rates = new Map([
      ...(purchase ? [['', '0'] as const] : []),
      ...taxCodes.map((tax) => [tax.code, tax.rate] as const),
    ]);
    const found = draftTotals(draft.lines, rates, format.locale);
    return { ...found, groups: found.groups.filter(({ taxCode }) => taxCode !== '') };
  }, [draft.lines, taxCodes, purchase, format.locale]);
  const restoreOwn = useCallback<typeof restore>(
    (left) => restore({ ...left, values: withOwnKeys(left.values) }),
    [restore],
  );
  const label = (path: string): string => {
    const [, row] = /^lines\.(\d+)/.exec(path) ?? [];
    if (row) return `${t('ui.entry.positionAt', { position: Number(row) + 1 })}: ${t(`ui.entry.${labelOf(path)}`)}`;
    if (path === 'lines') return t('ui.entry.lines');
    if (path === 'partner') return t(purchase ? 'ui.trade.supplier' : 'ui.entry.customer');
    const field = kind.head.find(({ name }) => name === path);
    return field ? t(`ui.trade.${field.name}`) : path;
  };
  const show = (path: string, value: unknown): string => {
    if (path === 'lines') return t('ui.entry.lineCount', { count: (value as unknown[]).filter(Boolean).length });
    return typeof value === 'object' ? ((value as TradeDraft['partner'])?.name ?? '') : String(value);
  };
  const errors = { ...saving.error?.fields, ...faults };

  const save = async () => {
    if (saving.busy) return;
    const { input, faults: found } = tradeInput(kind, draft, format.locale, {
      required: t('ui.form.required'),
      notANumber: t('ui.form.notANumber'),
      positive: t('ui.form.positive'),
      noLines: t('ui.entry.noLines'),
    });
    setFaults(found);
    if (Object.keys(found).length > 0) {
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    if (editing.conflicts.length > 0) return setNotice(t('ui.merge.open'));
    setNotice(null);
    const data = await saving.write({ ...input, ...(orderId && { orderId }), ...edited });
    // The newer version comes and is merged into what was typed.
    if (saving.attempt.current.code === 'CONFLICT') refresh();
    const [payload] = Object.values((data ?? {}) as Record<string, Record<string, { id: string } | null>>);
    const saved = Object.entries(payload ?? {}).find(([name, value]) => name !== 'error' && value)?.[1];
    if (!saved) return;
    toast({ tone: 'ok', text: t('ui.saved') });
    help.current?.settle();
    (help.current?.leave ?? router.push)(`${kind.list}/${saved.id}`);
    router.refresh();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || (event.key !== 's' && event.key !== 'Enter')) return;
    event.preventDefault();
    void save();
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
          <DraftOffer<TradeDraft>
            record={record}
            drafts={drafts}
            onContinue={(id, left) => {
              setDraftId(id);
              restoreOwn(left);
            }}
          />
          {helped && (
            <Suspense>
              <FormHelp
                record={record}
                editing={{ ...editing, restore: restoreOwn as (typeof editing)['restore'] }}
                handle={help}
                title={title}
                draftId={draftId}
                live={kind.live}
                refresh={refresh}
                label={label}
                show={show}
              />
            </Suspense>
          )}
          <fieldset className="form-grid">
            <legend className="visually-hidden">{t('ui.entry.head')}</legend>
            <PartnerField
              label={t(purchase ? 'ui.trade.supplier' : 'ui.entry.customer')}
              kind={purchase ? 'SUPPLIER' : 'CUSTOMER'}
              autoFocus
              value={draft.partner}
              error={errors[purchase ? 'supplierId' : 'customerId']}
              onPick={(partner) => patch({ partner })}
            />
            {kind.head.map(({ name, type, required }) => (
              <Field
                key={name}
                label={t(`ui.trade.${name}`)}
                type={type === 'date' ? 'date' : 'text'}
                inputMode={type === 'amount' ? 'decimal' : undefined}
                affix={type === 'amount' ? '€' : undefined}
                required={required}
                value={draft[name]}
                error={errors[name]}
                onChange={(event) => patch({ [name]: event.target.value })}
              />
            ))}
          </fieldset>
          <section>
            <h2 className="field-label entry-title">{t('ui.entry.lines')}</h2>
            <LineGrid
              lines={draft.lines}
              nets={totals.lineNets}
              taxCodes={purchase ? [{ code: '', name: t('ui.trade.automatic') }, ...taxCodes] : taxCodes}
              errors={errors}
              termsOf={purchase ? () => ({ unitPrice: '', taxCode: '' }) : undefined}
              onChange={(lines) => patch({ lines })}
            />
            {errors.lines && (
              <p className="field-error">
                <Icon name="error" />
                {errors.lines}
              </p>
            )}
          </section>
        </div>
        <EntrySide totals={totals} errors={errors} failure={saving.error?.message ?? notice} />
      </form>
      <footer className="savebar">
        <a className="btn btn--ghost only-wide" href={edited ? `${kind.list}/${edited.id}` : kind.list}>
          {t('ui.discard')}
        </a>
        <div className="end">
          <Button kind="primary" onClick={save} busy={saving.busy}>
            {t('ui.save')}
            <kbd className="kbd only-desk">{t('ui.key.ctrl')} S</kbd>
          </Button>
        </div>
      </footer>
    </>
  );
}
