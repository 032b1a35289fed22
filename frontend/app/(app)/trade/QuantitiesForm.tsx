'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { parseDecimal } from '#ui/decimal-input.ts';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';

export interface QuantityLine {
  readonly position: number;
  readonly sku: string;
  readonly description: string;
  readonly unit: string;
  /** What names the article or the order's line in the input. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** Quantities as they are typed, by their field in the input. */
  readonly quantities: Readonly<Record<string, string>>;
}

interface HeadInput {
  readonly name: string;
  readonly label: string;
  readonly type: 'date' | 'text';
  readonly value: string;
}

/** Which quantities of a delivery or a receipt are true; a line of zero is left out. */
export function QuantitiesForm({
  operation,
  fixed,
  head,
  lines: given,
  columns,
  target,
}: {
  operation: { readonly id: string; readonly name: string; readonly writes?: true; readonly keyed?: true };
  fixed: Readonly<Record<string, unknown>>;
  head: readonly HeadInput[];
  lines: readonly QuantityLine[];
  columns: readonly { readonly name: string; readonly label: string }[];
  target: string;
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const [values, setValues] = useState(() => Object.fromEntries(head.map(({ name, value }) => [name, value])));
  const [lines, setLines] = useState(given);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const { write, busy, error } = useWrite(operation as never);
  const errors = { ...error?.fields, ...faults };

  const set = (position: number, name: string, quantity: string) => {
    setFaults({});
    setLines((now) =>
      now.map((line) =>
        line.position === position ? { ...line, quantities: { ...line.quantities, [name]: quantity } } : line,
      ),
    );
  };
  const save = async () => {
    const found: Record<string, string> = {};
    const input = lines.flatMap((line, at) => {
      const quantities = Object.entries(line.quantities).map(([name, text]) => {
        const quantity = parseDecimal(text || '0', format.locale);
        if (quantity === null || quantity.startsWith('-')) found[`${at}.${name}`] = t('ui.form.notANumber');
        return [name, quantity ?? '0'] as const;
      });
      const isNothing = quantities.every(([, quantity]) => /^[0.]*$/.test(quantity));
      return isNothing ? [] : [{ ...line.fixed, ...Object.fromEntries(quantities) }];
    });
    if (input.length === 0) found.lines = t('ui.entry.noLines');
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    const typed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim() || null]));
    if (!(await write({ ...fixed, ...typed, lines: input } as never))) return;
    toast({ tone: 'ok', text: t('ui.saved') });
    router.push(target);
    router.refresh();
  };

  return (
    <form
      className="record-form quantities"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      noValidate
    >
      {(error || faults.lines) && <Notice tone="danger" title={error?.message ?? faults.lines ?? ''} />}
      <fieldset className="form-grid">
        <legend className="visually-hidden">{t('ui.entry.head')}</legend>
        {head.map(({ name, label, type }) => (
          <Field
            key={name}
            label={label}
            type={type}
            value={values[name] ?? ''}
            error={errors[name]}
            onChange={(event) => setValues((now) => ({ ...now, [name]: event.target.value }))}
          />
        ))}
      </fieldset>
      <div className="mini-list" tabIndex={0}>
        <table className="table quantity-lines">
          <thead>
            <tr>
              <th className="num">{t('ui.entry.position')}</th>
              <th>{t('ui.entry.article')}</th>
              <th>{t('ui.entry.name')}</th>
              {columns.map(({ name, label }) => (
                <th key={name} className="num">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => (
              <tr key={line.position}>
                <td className="num subtle position">{line.position}</td>
                <td className="tabn">{line.sku}</td>
                <td className="name">{line.description}</td>
                {columns.map(({ name, label }) => (
                  <td key={name} className="num" data-label={label}>
                    <span className="input-wrap quantity-input">
                      <input
                        className="num"
                        inputMode="decimal"
                        aria-label={`${label}, ${t('ui.entry.positionAt', { position: at + 1 })}`}
                        aria-invalid={errors[`${at}.${name}`] ? true : undefined}
                        value={line.quantities[name] ?? ''}
                        onChange={(event) => set(line.position, name, event.target.value)}
                        onFocus={(event) => event.target.select()}
                      />
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="record-actions">
        <Button type="submit" kind="primary" busy={busy}>
          {t('ui.save')}
        </Button>
        <a className="btn" href={target}>
          {t('ui.cancel')}
        </a>
      </div>
    </form>
  );
}
