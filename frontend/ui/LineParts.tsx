'use client';

import {
  type ClipboardEvent,
  type InputHTMLAttributes,
  type ReactNode,
  type RefObject,
  type SelectHTMLAttributes,
  useContext,
} from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from './Icon.tsx';
import { LineNote } from './line-note.ts';

/** What lines edited in place are made of; their keys are those of `useLineGrid`. */

export interface LineHead {
  readonly label: string;
  readonly isNumeric?: boolean;
}

/** The frame, with a head over every column and one over the buttons that remove. */
export function LineFrame({
  label,
  kind,
  heads,
  grid,
  onPaste,
  children,
}: {
  label: string;
  /** Widths of its columns: `line-grid--<kind>`; those of a document without it. */
  kind?: 'entry' | 'match';
  heads: readonly LineHead[];
  grid: RefObject<HTMLDivElement | null>;
  /** Takes rows of a spreadsheet, from a line and a field on. */
  onPaste?(text: string, at: number, from: string): void;
  children: ReactNode;
}) {
  const { t } = useLanguage();
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain').replace(/[\r\n]+$/, '');
    const place = (name: string) => (event.target as Element).closest<HTMLElement>(`[data-${name}]`)?.dataset[name];
    const from = place('col');
    // A single value is pasted as anywhere.
    if (!onPaste || !from || !/[\t\r\n]/.test(text)) return;
    event.preventDefault();
    onPaste(text, Number(place('row')), from);
  };
  return (
    <div
      className={kind ? `line-grid line-grid--${kind}` : 'line-grid'}
      role="grid"
      aria-label={label}
      ref={grid}
      onPaste={paste}
    >
      <div className="line-row line-row--head" role="row">
        {heads.map((head) => (
          <div key={head.label} className={head.isNumeric ? 'line-cell num' : 'line-cell'} role="columnheader">
            {head.label}
          </div>
        ))}
        <div className="line-cell" role="columnheader">
          <span className="visually-hidden">{t('ui.entry.remove')}</span>
        </div>
      </div>
      {children}
    </div>
  );
}

/** One line with what is wrong with it below; `#line-<at>` leads there. */
export function LineRow({
  at,
  isUsed,
  isNumbered = false,
  faults,
  removeLabel,
  onRemove,
  children,
}: {
  at: number;
  isUsed: boolean;
  isNumbered?: boolean;
  faults: readonly string[];
  removeLabel: string;
  onRemove(): void;
  children: ReactNode;
}) {
  return (
    <div role="presentation" data-row={at} className="line-group">
      <div className={isUsed ? 'line-row' : 'line-row line-row--new'} role="row">
        {isNumbered && (
          <div className="line-cell num subtle" role="rowheader" data-col="pos">
            {at + 1}
          </div>
        )}
        <LineNote value={faults.length > 0 ? `line-${at}` : undefined}>{children}</LineNote>
        <div className="line-cell" role="gridcell" data-col="x">
          {isUsed && (
            <button type="button" className="subtle" tabIndex={-1} aria-label={removeLabel} onClick={onRemove}>
              <Icon name="x" size="sm" />
            </button>
          )}
        </div>
      </div>
      {faults.length > 0 && (
        <div className="line-row--err">
          <p className="field-error" id={`line-${at}`}>
            <Icon name="error" />
            {faults.join(' ')}
          </p>
        </div>
      )}
    </div>
  );
}

interface Cell {
  /** Of the column: `data-col`. */
  readonly name: string;
  /** Its head, which stands beside the value where lines are cards. */
  readonly head?: string;
  readonly isInvalid?: boolean;
}

export function LineCell({ name, head, isInvalid, look, children }: Cell & { look?: string; children: ReactNode }) {
  const classes = ['line-cell', look, isInvalid && 'is-invalid'].filter(Boolean).join(' ');
  return (
    <div className={classes} role="gridcell" data-col={name} data-label={head}>
      {children}
    </div>
  );
}

/** A name that follows from what was chosen. */
export const LineName = ({ children }: { children: string }) => (
  <LineCell name="name">
    <span className="truncate">{children}</span>
  </LineCell>
);

/** A text of a line. */
export function LineText({
  name,
  head,
  isInvalid,
  label,
  ...input
}: Cell & { label: string } & InputHTMLAttributes<HTMLInputElement>) {
  const note = useContext(LineNote);
  return (
    <LineCell name={name} head={head} isInvalid={isInvalid}>
      <input
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        aria-describedby={isInvalid ? note : undefined}
        {...input}
      />
    </LineCell>
  );
}

/** A number of a line, chosen whole by whoever comes to it. */
export const LineNumber = (given: Parameters<typeof LineText>[0]) => (
  <LineText className="num" inputMode="decimal" onFocus={(event) => event.target.select()} {...given} />
);

export interface TaxCode {
  readonly code: string;
  readonly name: string;
}

export function LineTaxCode({
  head,
  isInvalid,
  label,
  taxCodes,
  isOptional,
  ...select
}: Omit<Cell, 'name'> & {
  label: string;
  taxCodes: readonly TaxCode[];
  isOptional: boolean;
} & SelectHTMLAttributes<HTMLSelectElement>) {
  const note = useContext(LineNote);
  return (
    <LineCell name="taxCode" head={head} isInvalid={isInvalid}>
      <select
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        aria-describedby={isInvalid ? note : undefined}
        {...select}
      >
        {isOptional && <option value="" />}
        {taxCodes.map((tax) => (
          <option key={tax.code} value={tax.code} title={tax.name}>
            {tax.code}
          </option>
        ))}
      </select>
    </LineCell>
  );
}
