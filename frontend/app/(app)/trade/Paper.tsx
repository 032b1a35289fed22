import type { ReactNode } from 'react';
import type { Letterhead } from '#graphql/_generated/operations.ts';
import { languageOfReader } from '#i18n/server.ts';
import type { Locale } from '#i18n/translate.ts';
import { unitName } from '#lists/units.ts';

type Address = NonNullable<Letterhead['address']> & { readonly name?: string | null };
export type PaperAddress = { readonly [Part in keyof Address]?: Address[Part] | null };

/** Who writes: the company as it is, or as it stood when an invoice was posted. */
export type Sender = { readonly [Part in Exclude<keyof Letterhead, 'address'>]?: string | null } & {
  readonly address?: PaperAddress | null;
};

export interface PaperLine {
  readonly position: number;
  readonly sku: string;
  readonly description: string;
  readonly unit: string;
  readonly quantity: string;
  readonly unitPrice?: string;
  readonly taxCode?: string;
  readonly net?: string;
}

export interface PaperProps {
  /** Of whom it goes to; that of the request when nobody knows it. */
  readonly locale: Locale | null | undefined;
  /** What the document is called, with its number. */
  readonly title: string;
  readonly sender: Sender | null;
  readonly recipient: { readonly name: string; readonly address: PaperAddress | null };
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
  readonly lines: readonly PaperLine[];
  /** Net, VAT and gross, in order; the last one is what it comes to. */
  readonly totals?: readonly (readonly [label: string, amount: string])[];
  /** Paragraphs below: what the law asks for, notes, what the reader shall do. */
  readonly texts?: readonly (string | null | undefined | false)[];
  /** Rates by tax code, for documents that state the tax of each line: our codes say nothing to the reader. */
  readonly rates?: ReadonlyMap<string, string>;
}

/** A document on paper, with the company's letterhead. Only printed, never shown. */
export async function Paper({
  locale: wanted,
  title,
  sender,
  recipient,
  facts,
  lines,
  totals,
  texts = [],
  rates,
}: PaperProps) {
  const { locale, t, format } = await languageOfReader(wanted);
  const priced = lines.some((line) => line.unitPrice !== undefined);
  const name = sender?.legalName ?? sender?.name;
  const place = (address: PaperAddress | null | undefined) =>
    `${address?.postalCode ?? ''} ${address?.city ?? ''}`.trim();
  // As the post wants it: the country stands on what leaves it.
  const abroad = recipient.address?.country !== sender?.address?.country;
  const address = (lines: PaperAddress | null | undefined) => (
    <>
      {lines?.street && <div>{lines.street}</div>}
      {place(lines) && <div>{place(lines)}</div>}
      {abroad && lines?.country && <div>{format.country(lines.country)}</div>}
    </>
  );
  const foot: readonly (readonly [string, string | null | undefined | false])[] = [
    [t('print.register'), sender?.registration],
    [t('print.directors'), sender?.directors],
    [t('print.taxNumber'), sender?.taxNumber],
    [t('field.vatId'), sender?.vatId],
    [
      sender?.bankName ?? t('nav.bank'),
      sender?.iban && `IBAN ${grouped(sender.iban)}${sender.bic ? `, BIC ${sender.bic}` : ''}`,
    ],
  ];
  return (
    <article className="paper" aria-hidden="true" lang={locale}>
      <header>
        <div>
          <p className="paper-sender">
            {[name, sender?.address?.street, place(sender?.address)].filter(Boolean).join(' · ')}
          </p>
          <address>
            <div>{recipient.address?.name ?? recipient.name}</div>
            {address(recipient.address)}
          </address>
        </div>
        <div className="paper-seller">
          <strong>{name}</strong>
          {address(sender?.address)}
          {sender?.phone && <div>{sender.phone}</div>}
          {sender?.email && <div>{sender.email}</div>}
          {sender?.website && <div>{sender.website}</div>}
        </div>
      </header>
      <h2>{title}</h2>
      <dl className="paper-facts">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <table className="table">
        <thead>
          <tr>
            <th className="num">{t('field.position')}</th>
            <th>{t('field.article')}</th>
            <th>{t('field.articleName')}</th>
            <th className="num">{t('field.quantity')}</th>
            <th>{t('field.unit')}</th>
            {priced && <th className="num">{t('invoice.unitPrice')}</th>}
            {rates && <th className="num">{t('invoice.vat')}</th>}
            {priced && <th className="num">{t('field.net')}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.position}>
              <td className="num">{line.position}</td>
              <td>{line.sku}</td>
              <td>{line.description}</td>
              <td className="num">{format.decimal(line.quantity)}</td>
              <td>{unitName(t, line.unit)}</td>
              {priced && <td className="num">{format.decimal(line.unitPrice ?? '0', 2)}</td>}
              {rates && <td className="num">{`${format.decimal(rates.get(line.taxCode ?? '') ?? '0')} %`}</td>}
              {priced && <td className="num">{format.amount(line.net ?? '0')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {totals && (
        <dl className="totals">
          {totals.map(([label, amount], at) => (
            <div className={at === totals.length - 1 ? 'total' : undefined} key={label}>
              <dt>{label}</dt>
              <dd className="num">{amount}</dd>
            </div>
          ))}
        </dl>
      )}
      {texts.map((text) => text && <p key={text}>{text}</p>)}
      <footer>
        {foot
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <span key={label}>{`${label}: ${value}`}</span>
          ))}
      </footer>
    </article>
  );
}

/** An IBAN as it is read out and typed in, in groups of four. */
const grouped = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');
