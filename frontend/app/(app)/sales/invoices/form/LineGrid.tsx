'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Combobox } from '#ui/Combobox.tsx';
import { Icon } from '#ui/Icon.tsx';
import { useLineGrid } from '#ui/use-line-grid.ts';
import { type DraftLine, emptyLine, isUsed } from './draft.ts';
import { type FoundArticle, findArticles } from './find.ts';

type LineField = 'sku' | 'quantity' | 'unitPrice' | 'taxCode';

const onward: Partial<Record<LineField, LineField>> = { sku: 'quantity', quantity: 'unitPrice' };

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

/** Lines of a document, edited in place. */
export function LineGrid({ lines, nets, taxCodes, errors, termsOf, onChange }: LineGridProps) {
  const { t, format } = useLanguage();
  const { grid, focus, set, remove, onKeyDown } = useLineGrid<DraftLine, LineField>({
    lines,
    first: 'sku',
    isUsed,
    emptyLine,
    next: (field) => onward[field] ?? null,
    copied: ({ key: _, ...above }, field) => (field === 'sku' ? above : { [field]: above[field] }),
    onChange,
  });

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
                  data-col={field}
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
                data-col="taxCode"
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
