'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Combobox } from '#ui/Combobox.tsx';
import { LineCell, LineFrame, LineName, LineNumber, LineRow, LineTaxCode, type TaxCode } from '#ui/LineParts.tsx';
import { useLineGrid } from '#ui/use-line-grid.ts';
import { useLinePaste } from '#ui/use-line-paste.ts';
import { type DraftLine, emptyLine, isUsed, otherArticle, unlinked } from './draft.ts';
import { type FoundArticle, findArticles } from './find.ts';

type LineField = 'sku' | 'quantity' | 'unitPrice' | 'taxCode';

const onward: Partial<Record<LineField, LineField>> = { sku: 'quantity', quantity: 'unitPrice' };

export interface LineGridProps {
  readonly lines: readonly DraftLine[];
  readonly nets: readonly string[];
  readonly taxCodes: readonly TaxCode[];
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
    copied: ({ key: _, ...above }, field) => (field === 'sku' ? { ...above, ...unlinked } : { [field]: above[field] }),
    onChange,
  });

  const terms = (article: FoundArticle) =>
    termsOf?.(article) ?? { unitPrice: format.decimal(article.price, 2), taxCode: article.taxCode };
  const paste = useLinePaste(
    lines,
    onChange,
    async (text, at, from) => {
      const { pastedLines } = await import('./paste.ts');
      return pastedLines(text, at, from, format, taxCodes, terms);
    },
    (next) => focus(next, 'sku', true),
  );

  return (
    <LineFrame
      label={t('ui.entry.lines')}
      heads={heads.map(([name, isNumeric]) => ({ label: t(`ui.entry.${name}`), isNumeric }))}
      grid={grid}
      onPaste={paste}
    >
      {lines.map((line, at) => {
        const place = { position: at + 1 };
        // Only pasting leaves a number that names no article.
        const isUnknown = line.sku !== '' && line.articleId === null;
        const isInvalid = (name: string) => `lines.${at}.${name}` in errors || (isUnknown && name === 'articleId');
        return (
          <LineRow
            key={line.key}
            at={at}
            isUsed={isUsed(line)}
            isNumbered
            faults={[
              ...(isUnknown ? [t('ui.paste.noArticle', { number: line.sku })] : []),
              ...Object.entries(errors).flatMap(([path, message]) =>
                path.startsWith(`lines.${at}.`) && !(isUnknown && path.endsWith('.articleId'))
                  ? `${t(`ui.entry.${labelOf(path)}`)}: ${message}`
                  : [],
              ),
            ]}
            removeLabel={t('ui.entry.removeAt', place)}
            onRemove={() => remove(at)}
          >
            <LineCell name="sku" head={t('ui.entry.article')} isInvalid={isInvalid('articleId')}>
              <Combobox
                label={t('ui.entry.articleAt', place)}
                text={line.sku}
                nothing={t('ui.entry.noArticle')}
                invalid={isInvalid('articleId')}
                search={findArticles}
                codeOf={(article) => article.sku}
                render={(article) => (
                  <>
                    <span className="tabn muted">{article.sku}</span>
                    <span className="truncate">{article.name}</span>
                    <span className="num subtle">
                      {article.onHand === null ? '' : t('ui.entry.free', { quantity: format.decimal(article.onHand) })}
                    </span>
                    <span className="num">{format.decimal(article.price, 2)} €</span>
                  </>
                )}
                onPick={(article, here) => {
                  set(at, {
                    articleId: article.id,
                    sku: article.sku,
                    name: article.name,
                    ...(article.id !== line.articleId && otherArticle),
                    ...terms(article),
                    quantity: line.quantity || '1',
                  });
                  if (here) focus(at, 'quantity', true);
                }}
                onKeyDown={(event) => onKeyDown(event, at, 'sku')}
              />
            </LineCell>
            <LineName>{line.name}</LineName>
            {(['quantity', 'unitPrice'] as const).map((field) => (
              <LineNumber
                key={field}
                name={field}
                head={t(`ui.entry.${field}`)}
                isInvalid={isInvalid(field)}
                label={t(`ui.entry.${field}At`, place)}
                value={line[field]}
                onChange={(event) => set(at, { [field]: event.target.value })}
                onKeyDown={(event) => onKeyDown(event, at, field)}
              />
            ))}
            <LineTaxCode
              head={t('ui.entry.taxCode')}
              isInvalid={isInvalid('taxCode')}
              label={t('ui.entry.taxCodeAt', place)}
              taxCodes={taxCodes}
              isOptional={line.taxCode === ''}
              value={line.taxCode}
              onChange={(event) => set(at, { taxCode: event.target.value })}
              onKeyDown={(event) => onKeyDown(event, at, 'taxCode')}
            />
            <LineCell name="sum" head={t('ui.entry.net')} look="num medium">
              {nets[at] ? format.amount(nets[at]) : ''}
            </LineCell>
          </LineRow>
        );
      })}
    </LineFrame>
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
