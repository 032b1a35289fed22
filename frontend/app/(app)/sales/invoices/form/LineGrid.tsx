'use client';

import { useCallback, useRef } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Combobox } from '#ui/Combobox.tsx';
import { Icon } from '#ui/Icon.tsx';
import { type DraftLine, emptyLine, isUsed } from './draft.ts';
import { type FoundArticle, findArticles } from './find.ts';

type LineField = 'sku' | 'quantity' | 'unitPrice' | 'taxCode';

const fieldOrder: readonly LineField[] = ['sku', 'quantity', 'unitPrice', 'taxCode'];

export interface LineGridProps {
  readonly lines: readonly DraftLine[];
  readonly nets: readonly string[];
  readonly taxCodes: readonly { readonly code: string; readonly name: string }[];
  /** By path, such as `lines.0.quantity`. */
  readonly errors: Readonly<Record<string, string>>;
  /** What an article brings along; its sales price and VAT code when not given. */
  termsOf?(article: FoundArticle): { readonly unitPrice: string; readonly taxCode: string };
  onChange(lines: readonly DraftLine[]): void;
}

/**
 * Lines edited in place: Enter goes on, arrows change rows, Ctrl+D copies from above, Ctrl+Delete removes. There is
 * always one empty line at the end to go on with.
 */
export function LineGrid({ lines, nets, taxCodes, errors, termsOf, onChange }: LineGridProps) {
  const { t, format } = useLanguage();
  const grid = useRef<HTMLDivElement>(null);

  // At once where the field is there, so that no key of a quick typist lands in the field before.
  const focus = useCallback((row: number, field: LineField, afterChange = false) => {
    const find = () =>
      grid.current?.querySelector<HTMLElement>(`[data-row="${row}"] [data-col="${colOf[field]}"] :is(input, select)`);
    const there = afterChange ? null : find();
    if (there) there.focus();
    else setTimeout(() => find()?.focus());
  }, []);
  const set = (at: number, patch: Partial<DraftLine>) => {
    const next = lines.map((line, index) => (index === at ? { ...line, ...patch } : line));
    onChange(next.every(isUsed) ? [...next, emptyLine()] : next);
  };
  const remove = (at: number) => {
    const next = lines.filter((_, index) => index !== at);
    onChange(next.length === 0 || next.every(isUsed) ? [...next, emptyLine()] : next);
    focus(Math.min(at, next.length - 1), 'sku', true);
  };

  const onKeyDown = (event: React.KeyboardEvent, at: number, field: LineField) => {
    const { key, ctrlKey, metaKey } = event;
    if (ctrlKey || metaKey) {
      if (key === 'd' && at > 0) {
        event.preventDefault();
        const above = lines[at - 1] as DraftLine;
        set(at, field === 'sku' ? { ...above, key: (lines[at] as DraftLine).key } : { [field]: above[field] });
      } else if (key === 'Delete') {
        event.preventDefault();
        remove(at);
      }
      return;
    }
    if (key === 'Enter') {
      event.preventDefault();
      const next = fieldOrder[fieldOrder.indexOf(field) + 1];
      if (next && next !== 'taxCode') focus(at, next);
      else focus(at + 1, 'sku');
    } else if (field !== 'taxCode' && (key === 'ArrowDown' || key === 'ArrowUp')) {
      event.preventDefault();
      focus(at + (key === 'ArrowDown' ? 1 : -1), field);
    }
  };

  return (
    <div className="line-grid" role="grid" aria-label={t('ui.entry.lines')} ref={grid}>
      <div className="line-row line-row--head" role="row">
        {heads.map(([name, numeric]) => (
          <div key={name} className={numeric ? 'line-cell num' : 'line-cell'} role="columnheader">
            {t(`ui.entry.${name}`)}
          </div>
        ))}
        <div className="line-cell" role="columnheader">
          <span className="visually-hidden">{t('ui.entry.remove')}</span>
        </div>
      </div>
      {lines.map((line, at) => {
        const fault = (name: string) => errors[`lines.${at}.${name}`];
        const cell = (name: string, base: string) => (fault(name) ? `${base} is-invalid` : base);
        const rowFaults = Object.entries(errors).filter(([path]) => path.startsWith(`lines.${at}.`));
        const number = { position: at + 1 };
        return (
          <div key={line.key} role="presentation" data-row={at} className="line-group">
            <div className={isUsed(line) ? 'line-row' : 'line-row line-row--new'} role="row">
              <div className="line-cell num subtle" role="rowheader" data-col="pos">
                {at + 1}
              </div>
              <div
                className={cell('articleId', 'line-cell')}
                role="gridcell"
                data-col="sku"
                data-label={t('ui.entry.article')}
              >
                <Combobox
                  label={t('ui.entry.articleAt', number)}
                  text={line.sku}
                  nothing={t('ui.entry.noArticle')}
                  invalid={Boolean(fault('articleId'))}
                  search={findArticles}
                  codeOf={(article) => article.sku}
                  render={(article) => (
                    <>
                      <span className="tabn muted">{article.sku}</span>
                      <span className="truncate">{article.name}</span>
                      <span className="num subtle">
                        {article.onHand === null
                          ? ''
                          : t('ui.entry.free', { quantity: format.decimal(article.onHand) })}
                      </span>
                      <span className="num">{format.decimal(article.price, 2)} €</span>
                    </>
                  )}
                  onPick={(article, here) => {
                    set(at, {
                      articleId: article.id,
                      sku: article.sku,
                      name: article.name,
                      ...(termsOf?.(article) ?? {
                        unitPrice: format.decimal(article.price, 2),
                        taxCode: article.taxCode,
                      }),
                      quantity: line.quantity || '1',
                    });
                    if (here) focus(at, 'quantity', true);
                  }}
                  onKeyDown={(event) => onKeyDown(event, at, 'sku')}
                />
              </div>
              <div className="line-cell" role="gridcell" data-col="name">
                <span className="truncate">{line.name}</span>
              </div>
              {(['quantity', 'unitPrice'] as const).map((field) => (
                <div
                  key={field}
                  className={cell(field, 'line-cell')}
                  role="gridcell"
                  data-col={colOf[field]}
                  data-label={t(`ui.entry.${field}`)}
                >
                  <input
                    className="num"
                    inputMode="decimal"
                    aria-label={t(`ui.entry.${field}At`, number)}
                    aria-invalid={fault(field) ? true : undefined}
                    value={line[field]}
                    onChange={(event) => set(at, { [field]: event.target.value })}
                    onFocus={(event) => event.target.select()}
                    onKeyDown={(event) => onKeyDown(event, at, field)}
                  />
                </div>
              ))}
              <div
                className={cell('taxCode', 'line-cell')}
                role="gridcell"
                data-col="vat"
                data-label={t('ui.entry.taxCode')}
              >
                <select
                  aria-label={t('ui.entry.taxCodeAt', number)}
                  aria-invalid={fault('taxCode') ? true : undefined}
                  value={line.taxCode}
                  onChange={(event) => set(at, { taxCode: event.target.value })}
                  onKeyDown={(event) => onKeyDown(event, at, 'taxCode')}
                >
                  {line.taxCode === '' && <option value="" />}
                  {taxCodes.map((tax) => (
                    <option key={tax.code} value={tax.code} title={tax.name}>
                      {tax.code}
                    </option>
                  ))}
                </select>
              </div>
              <div className="line-cell num medium" role="gridcell" data-col="sum" data-label={t('ui.entry.net')}>
                {nets[at] ? format.amount(nets[at]) : ''}
              </div>
              <div className="line-cell" role="gridcell" data-col="x">
                {isUsed(line) && (
                  <button
                    type="button"
                    className="subtle"
                    tabIndex={-1}
                    aria-label={t('ui.entry.removeAt', number)}
                    onClick={() => remove(at)}
                  >
                    <Icon name="x" size="sm" />
                  </button>
                )}
              </div>
            </div>
            {rowFaults.length > 0 && (
              <div className="line-row--err">
                <p className="field-error" id={`line-${at}`}>
                  <Icon name="error" />
                  {rowFaults.map(([path, message]) => `${t(`ui.entry.${labelOf(path)}`)}: ${message}`).join(' ')}
                </p>
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}

const colOf: Readonly<Record<LineField, string>> = { sku: 'sku', quantity: 'qty', unitPrice: 'price', taxCode: 'vat' };
const heads = [
  ['position', true],
  ['article', false],
  ['name', false],
  ['quantity', true],
  ['unitPrice', true],
  ['taxCode', false],
  ['net', true],
] as const;

/** The word for the field that an error path ends in. */
export function labelOf(path: string): 'article' | 'quantity' | 'unitPrice' | 'taxCode' | 'lines' {
  const field = path.split('.').at(-1);
  if (field === 'quantity' || field === 'unitPrice' || field === 'taxCode') return field;
  return field === 'lines' ? 'lines' : 'article';
}
