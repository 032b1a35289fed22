'use client';

import { type FormEvent, useId, useRef, useState } from 'react';
import {
  type ActiveWarehousesData,
  AdjustStock,
  type CountedArticle,
  FindCountedArticles,
} from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { LeaveDialog } from '#offline/LeaveDialog.tsx';
import { useLeaveGuard } from '#offline/use-leave-guard.ts';
import { Button } from '#ui/Button.tsx';
import { Combobox } from '#ui/Combobox.tsx';
import { parseDecimal } from '#ui/decimal-input.ts';
import { Field, SelectField } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Notice } from '#ui/States.tsx';
import { type CountMode, onHandIn, outcomeOf } from './count.ts';

type Warehouse = NonNullable<ActiveWarehousesData['warehouses']>['edges'][number]['node'];

interface Done {
  readonly key: number;
  readonly article: CountedArticle;
  readonly warehouse: string;
  readonly change: string;
  readonly after: string;
}

/** Fields of the input whose faults stand beside them. */
const shownFields = ['articleId', 'warehouseId', 'quantity', 'counted', 'reason', 'movedOn'];

/** Corrects the stock of one article after the other: what is the same for a whole shelf stays, the rest is asked anew. */
export function CountForm({
  warehouses,
  units,
  article: given,
  today,
}: {
  warehouses: readonly Warehouse[];
  /** Names of units by their code. */
  units: Readonly<Record<string, string>>;
  article: CountedArticle | null;
  today: string;
}) {
  const { t, format } = useLanguage();
  const counting = t('ui.count.reasonCount');
  const [article, setArticle] = useState(given);
  const [warehouse, setWarehouse] = useState(
    () => (warehouses.find((each) => each.standard) ?? warehouses[0])?.id ?? '',
  );
  const [mode, setMode] = useState<CountMode>('counted');
  const [quantity, setQuantity] = useState('');
  const [reason, setReason] = useState(counting);
  const [day, setDay] = useState(today);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [done, setDone] = useState<readonly Done[]>([]);
  const { write, busy, error } = useWrite(AdjustStock);
  const guard = useLeaveGuard(quantity.trim() !== '');
  const form = useRef<HTMLFormElement>(null);
  const ids = { article: useId(), quantity: useId(), reasons: useId() };

  const unit = article ? (units[article.unit] ?? article.unit) : '';
  const value = parseDecimal(quantity, format.locale);
  const onHand = article && onHandIn(article.stock, warehouse);
  const outcome = value !== null && onHand !== null ? outcomeOf(mode, value, onHand) : null;
  const errors = { ...error?.fields, ...faults };
  const focus = (id: string) => document.getElementById(id)?.focus();
  const signed = (decimal: string) =>
    decimal.startsWith('-') ? format.decimal(decimal) : `+${format.decimal(decimal)}`;

  const choose = (next: CountMode) => {
    setMode(next);
    setReason((now) => (next === 'counted' ? now || counting : now === counting ? '' : now));
  };
  const check = () => {
    const required = t('ui.form.required');
    const wrong = value === null || (mode === 'counted' && value.startsWith('-'));
    const found = {
      ...(!article && { articleId: required }),
      ...(quantity.trim() === '' ? { quantity: required } : wrong && { quantity: t('ui.form.notANumber') }),
      ...(reason.trim() === '' && { reason: required }),
      ...(day === '' && { movedOn: required }),
    };
    setFaults(found);
    return Object.keys(found).length === 0;
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!check() || !article || value === null) {
      queueMicrotask(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    const amount = mode === 'counted' ? { counted: value } : { quantity: value };
    const data = await write({
      items: [{ articleId: article.id, warehouseId: warehouse, ...amount, reason: reason.trim(), movedOn: day }],
    });
    if (!data) return;
    const [moved] = data.adjustStock.stockMovements;
    const after = moved ? onHandIn(moved.article.stock, warehouse) : (outcome?.after ?? value);
    setDone((now) => [{ key: now.length, article, warehouse, change: moved?.quantity ?? '0', after }, ...now]);
    setArticle(null);
    setQuantity('');
    focus(ids.article);
  };

  return (
    <>
      <form className="record-form" ref={form} onSubmit={save} noValidate>
        {error && !shownFields.some((name) => error.fields[name]) && <Notice tone="danger" title={error.message} />}
        <fieldset className="record-section">
          <legend className="visually-hidden">{t('ui.count.what')}</legend>
          <div className="record-grid">
            <div className="field record-wide">
              <label className="field-label" htmlFor={ids.article}>
                {t('ui.count.article')}{' '}
                <span className="req" aria-hidden="true">
                  *
                </span>
              </label>
              <div className={errors.articleId ? 'input-wrap is-invalid combo-anchor' : 'input-wrap combo-anchor'}>
                <Icon name="box" size="sm" />
                <Combobox<CountedArticle>
                  inputId={ids.article}
                  label={t('ui.count.article')}
                  text={article ? `${article.sku} ${article.name}` : ''}
                  nothing={t('ui.count.noArticle')}
                  required
                  invalid={Boolean(errors.articleId)}
                  describedBy={errors.articleId ? `${ids.article}-note` : undefined}
                  autoFocus={!given}
                  search={findGoods}
                  codeOf={(each) => each.sku}
                  render={(each) => (
                    <>
                      <span className="tabn muted">{each.sku}</span>
                      <span className="truncate">{each.name}</span>
                      <span className="tabn subtle">{format.decimal(onHandIn(each.stock, warehouse))}</span>
                    </>
                  )}
                  onPick={(each, here) => {
                    setArticle(each);
                    setFaults({});
                    if (here) focus(ids.quantity);
                  }}
                />
              </div>
              {errors.articleId ? (
                <p className="field-error" id={`${ids.article}-note`}>
                  <Icon name="error" />
                  {errors.articleId}
                </p>
              ) : (
                <p className="field-hint tabn">
                  {onHand === null
                    ? t('ui.count.articleHint')
                    : t('ui.count.onHand', { quantity: format.decimal(onHand), unit })}
                </p>
              )}
            </div>
            <SelectField
              label={t('ui.count.mode')}
              value={mode}
              onChange={(event) => choose(event.target.value as CountMode)}
            >
              <option value="counted">{t('ui.count.counted')}</option>
              <option value="change">{t('ui.count.change')}</option>
            </SelectField>
            <Field
              id={ids.quantity}
              label={t('ui.count.quantity')}
              required
              inputMode={mode === 'counted' ? 'decimal' : 'text'}
              autoComplete="off"
              autoFocus={Boolean(given)}
              value={quantity}
              // Always there: without one the field would be another input, and lose the focus that a pick gives it.
              affix={unit || '–'}
              error={errors.quantity ?? errors.counted}
              hint={
                outcome
                  ? outcome.change === '0'
                    ? t('ui.count.agrees')
                    : t('ui.count.outcome', { change: signed(outcome.change), after: format.decimal(outcome.after) })
                  : t(mode === 'counted' ? 'ui.count.countedHint' : 'ui.count.changeHint')
              }
              onChange={(event) => {
                setQuantity(event.target.value);
                setFaults({});
              }}
            />
            <SelectField
              label={t('ui.count.warehouse')}
              value={warehouse}
              error={errors.warehouseId}
              onChange={(event) => setWarehouse(event.target.value)}
            >
              {warehouses.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </SelectField>
            <Field
              label={t('ui.count.day')}
              type="date"
              required
              value={day}
              error={errors.movedOn}
              onChange={(event) => setDay(event.target.value)}
            />
            <div className="record-wide">
              <Field
                label={t('ui.count.reason')}
                required
                maxLength={200}
                list={ids.reasons}
                autoComplete="off"
                value={reason}
                error={errors.reason}
                hint={t('ui.count.reasonHint')}
                onChange={(event) => setReason(event.target.value)}
              />
              <datalist id={ids.reasons}>
                {[counting, ...t('ui.count.reasons').split(', ')].map((each) => (
                  <option key={each} value={each} />
                ))}
              </datalist>
            </div>
          </div>
        </fieldset>
        <div className="record-actions">
          <Button kind="primary" type="submit" busy={busy}>
            {t('ui.count.save')}
            <kbd className="kbd only-desk">{t('ui.key.enter')}</kbd>
          </Button>
          <a className="btn" href="/inventory/stock-movements">
            {t('ui.count.finish')}
          </a>
        </div>
      </form>
      {done.length > 0 && (
        <section className="count-done" aria-label={t('ui.count.done')}>
          <h2 className="field-label">{t('ui.count.done')}</h2>
          <div className="mini-list" tabIndex={0}>
            <table className="table">
              <thead>
                <tr>
                  <th>{t('ui.count.article')}</th>
                  <th>{t('ui.count.warehouse')}</th>
                  <th className="num">{t('ui.count.moved')}</th>
                  <th className="num">{t('ui.count.after')}</th>
                </tr>
              </thead>
              <tbody>
                {done.map((each) => (
                  <tr key={each.key}>
                    <td className="truncate">
                      <a href={`/inventory/articles/${each.article.id}`}>{each.article.sku}</a>{' '}
                      <span className="muted">{each.article.name}</span>
                    </td>
                    <td className="muted">{warehouses.find(({ id }) => id === each.warehouse)?.name}</td>
                    <td className={each.change.startsWith('-') ? 'num neg' : 'num'}>
                      {each.change === '0' ? t('ui.count.agreed') : signed(each.change)}
                    </td>
                    <td className="num medium">{format.decimal(each.after)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="visually-hidden" role="status">
            {done[0] && t('ui.count.saved', { sku: done[0].article.sku, after: format.decimal(done[0].after) })}
          </p>
        </section>
      )}
      {guard.asked && <LeaveDialog keeps={false} onStay={guard.stay} onKeep={guard.stay} onDiscard={guard.go} />}
    </>
  );
}

/** Only goods have a stock; one that is sold no more is counted all the same. */
const findGoods = (text: string, signal: AbortSignal): Promise<readonly CountedArticle[]> =>
  request(
    FindCountedArticles,
    { filter: { kind: { eq: 'GOODS' }, or: [{ sku: { startsWith: text } }, { name: { contains: text } }] } },
    signal,
  ).then(({ articles }) => articles?.edges.map(({ node }) => node) ?? []);
