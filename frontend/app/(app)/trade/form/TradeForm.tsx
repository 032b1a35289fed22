'use client';

import { useRouter } from 'next/navigation';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import FormFiles, { type FormFilesHandle } from '#attachments/FormFiles.tsx';
import { TaxCodes } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { DraftOffer, type FormDraft } from '#offline/DraftOffer.tsx';
import type { FormHelpHandle } from '#offline/FormHelp.tsx';
import { type EditedRecord, useEditing } from '#offline/use-editing.ts';
import { useFormHelp } from '#offline/use-form-help.ts';
import { Button } from '#ui/Button.tsx';
import { Field } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import { late } from '#ui/late.tsx';
import { PartnerField } from '#ui/PartnerField.tsx';
import { draftTotals, unlinked, withOwnKeys } from '../../sales/invoices/form/draft.ts';
import { EntrySide } from '../../sales/invoices/form/EntrySide.tsx';
import { findCustomers } from '../../sales/invoices/form/find.ts';
import { LineGrid, labelOf } from '../../sales/invoices/form/LineGrid.tsx';
import { type HeadInput, type TradeKind, type TradeKindName, tradeKinds } from './kinds.ts';
import type { TradeDraft } from './trade-draft.ts';
import { type Created, useSaving } from './use-saving.ts';

const TaxAbroad = late(() => import('../../sales/invoices/form/TaxAbroad.tsx'));
const FormHelp = late(() => import('#offline/FormHelp.tsx'));

export interface TaxCode {
  readonly code: string;
  readonly name: string;
  readonly rate: string;
  readonly direction: string;
}

/**
 * Writing a document of any kind: totals follow every key, errors stand where they belong, and nothing typed is ever lost. A kind
 * that can be posted can be posted from here.
 */
export function TradeForm({
  kind: kindName,
  initial,
  edited,
  orderId = null,
  created,
  ratesOf,
  drafts,
  taxCodes: firstTaxCodes,
}: {
  kind: TradeKindName;
  initial: TradeDraft;
  edited: { readonly id: string; readonly version: number } | null;
  /** The purchase order that a bill is about. */
  orderId?: string | null;
  created?: Created;
  /** Day whose VAT rates hold whatever day the document is given. */
  ratesOf?: string;
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
  const { values: draft, setValues: setDraft, restore } = editing;
  const [draftId, setDraftId] = useState<string | null>(null);
  const [fileCount, setFileCount] = useState(0);
  const [taxCodes, setTaxCodes] = useState(firstTaxCodes);
  const form = useRef<HTMLFormElement>(null);
  const help = useRef<FormHelpHandle>(null);
  const files = useRef<FormFilesHandle>(null);
  const changed = editing.changed || fileCount > 0;
  const { helped, guard } = useFormHelp(changed, record);
  const refresh = useCallback(() => router.refresh(), [router]);
  const title = draft.partner?.name ?? t(kind.title);
  const saving = useSaving({ kind, record, edited, orderId, created, editing, title, form, guard, help, files });
  const { errors, busy } = saving;
  const patch = (change: Partial<TradeDraft>) => {
    saving.forgive();
    setDraft((now) => ({ ...now, ...change }));
  };

  const rateDay = ratesOf ?? (draft[kind.rateDay] || draft.issuedOn);
  const firstDay = ratesOf ?? (initial[kind.rateDay] || initial.issuedOn);
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
  const country = draft.partner?.country ?? 'DE';
  const isTaxedAbroad = !purchase && country !== 'DE' && totals.groups.some(({ rate }) => rate !== '0');
  const restoreOwn = useCallback<typeof restore>(
    (left) => {
      const { lines, ...head } = withOwnKeys(left.values);
      // Lines of an order mean nothing to a document that is not about it.
      const isAbout = edited !== null || orderId !== null;
      restore({
        ...left,
        values: { ...head, lines: isAbout ? lines : lines.map((line) => ({ ...line, ...unlinked })) },
      });
    },
    [restore, edited, orderId],
  );
  const label = (path: string): string => {
    const [, row] = /^lines\.(\d+)/.exec(path) ?? [];
    if (row) return `${t('ui.entry.positionAt', { position: Number(row) + 1 })}: ${t(`ui.entry.${labelOf(path)}`)}`;
    if (path === 'lines') return t('ui.entry.lines');
    if (path === 'partner') return t(purchase ? 'ui.trade.supplier' : 'ui.entry.customer');
    const field = [...kind.head, ...kind.texts].find(({ name }) => name === path);
    return field ? t(field.label) : path;
  };
  const show = (path: string, value: unknown): string => {
    if (path === 'lines') return t('ui.entry.lineCount', { count: (value as unknown[]).filter(Boolean).length });
    return typeof value === 'object' ? ((value as TradeDraft['partner'])?.name ?? '') : String(value);
  };
  const saveByKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || !['s', 'Enter'].includes(event.key)) return;
    event.preventDefault();
    if (busy || document.querySelector('dialog[open]')) return;
    void (kind.post && event.key === 'Enter' ? saving.savePosted() : saving.save());
  };
  const onKey = useRef(saveByKey);
  onKey.current = saveByKey;
  // On the document: after a click beside the fields none of them has the focus.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey.current(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  const field = ({ name, label, type, required }: HeadInput) => (
    <Field
      key={name}
      data-field={name}
      label={t(label)}
      type={type === 'date' ? 'date' : 'text'}
      inputMode={({ amount: 'decimal', days: 'numeric', date: undefined, text: undefined } as const)[type]}
      affix={type === 'amount' ? '€' : type === 'days' ? t('ui.entry.days') : undefined}
      required={required}
      value={draft[name]}
      error={errors[name]}
      onChange={(event) => patch({ [name]: event.target.value })}
    />
  );

  return (
    <>
      <form className="entry-form" ref={form} onSubmit={(event) => event.preventDefault()} noValidate>
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
                editing={{ ...editing, changed, restore: restoreOwn as (typeof editing)['restore'] }}
                guard={guard}
                handle={help}
                title={title}
                draftId={draftId}
                files={{ handle: files, count: fileCount }}
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
              search={purchase ? undefined : findCustomers}
              autoFocus
              value={draft.partner}
              error={errors[purchase ? 'supplierId' : 'customerId']}
              onPick={(partner, { paymentTermDays }) =>
                patch({ partner, ...(kind.head.some(isTerm) && { paymentTermDays: String(paymentTermDays) }) })
              }
            />
            {kind.head.map(field)}
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
          {kind.texts.length > 0 && (
            <fieldset className="form-grid form-grid--2">
              <legend className="visually-hidden">{t('ui.entry.texts')}</legend>
              {kind.texts.map(field)}
            </fieldset>
          )}
          <FormFiles handle={files} draftId={draftId} onCount={setFileCount} />
        </div>
        <EntrySide totals={totals} errors={errors} failure={saving.failure}>
          {isTaxedAbroad && (
            <Suspense>
              <TaxAbroad country={country} day={rateDay} />
            </Suspense>
          )}
        </EntrySide>
      </form>
      <footer className="savebar">
        <a className="btn btn--ghost only-wide" href={edited ? `${kind.list}/${edited.id}` : kind.list}>
          {t('ui.discard')}
        </a>
        <div className="end">
          {kind.post ? (
            <>
              <Button onClick={saving.save} disabled={busy}>
                {t('ui.entry.saveDraft')}
                <kbd className="kbd only-desk">{t('ui.key.ctrl')} S</kbd>
              </Button>
              <Button kind="primary" onClick={saving.savePosted} busy={busy} disabled={busy}>
                {t('ui.entry.post')}
                <kbd className="kbd only-desk">
                  {t('ui.key.ctrl')} {t('ui.key.enter')}
                </kbd>
              </Button>
            </>
          ) : (
            <Button kind="primary" onClick={saving.save} busy={busy} disabled={busy}>
              {t('ui.save')}
              <kbd className="kbd only-desk">{t('ui.key.ctrl')} S</kbd>
            </Button>
          )}
        </div>
      </footer>
    </>
  );
}

const isTerm = ({ name }: HeadInput): boolean => name === 'paymentTermDays';
