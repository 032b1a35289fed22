import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** Head of a document or record: its number, state, one line of facts, and what can be done with it. */
export function DocHead({
  title,
  pills,
  meta,
  children,
}: {
  title: string;
  pills?: ReactNode;
  meta?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="doc-head">
      <div className="doc-title">
        <div className="row">
          <h1 className="tabn">{title}</h1>
          {pills}
        </div>
        {meta && <p className="doc-meta">{meta}</p>}
      </div>
      {children && <div className="page-actions">{children}</div>}
    </header>
  );
}

export function DocBody({ side, sideLabel, children }: { side?: ReactNode; sideLabel: string; children: ReactNode }) {
  return (
    <div className={side ? 'doc' : 'doc doc--plain'}>
      <div className="doc-main">
        <div className="doc-inner">{children}</div>
      </div>
      {side && (
        <aside className="doc-side" aria-label={sideLabel}>
          {side}
        </aside>
      )}
    </div>
  );
}

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  readonly late?: boolean;
}

const dash = <span className="subtle">–</span>;

export function FactGrid({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="factgrid">
      {facts.map(({ label, value, late }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={late ? 'tabn late' : 'tabn'}>{value || dash}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="tabn truncate">{value || dash}</dd>
        </div>
      ))}
    </dl>
  );
}

export function SideSection({
  title,
  href,
  link,
  children,
}: {
  title: string;
  href?: string;
  link?: string;
  children: ReactNode;
}) {
  return (
    <section>
      <h2>
        {title}
        {href && <a href={href}>{link}</a>}
      </h2>
      {children}
    </section>
  );
}

export function SectionHead({ title, count, children }: { title: string; count?: string; children?: ReactNode }) {
  return (
    <div className="section-head">
      <h2>{title}</h2>
      {count && <span className="subtle tabn">{count}</span>}
      {children && <span className="end">{children}</span>}
    </div>
  );
}

export interface EntryLine {
  readonly account: { readonly number: string; readonly name: string };
  readonly debit: string;
  readonly credit: string;
}

/** A journal entry in small: what was posted where. The lock says that it cannot be changed any more. */
export function EntryCard({
  href,
  number,
  date,
  lines,
  words,
}: {
  href: string;
  number: string;
  date: string;
  lines: readonly EntryLine[];
  words: { account: string; debit: string; credit: string };
}) {
  return (
    <div className="entry">
      <div className="entry-head">
        <a className="medium tabn" href={href}>
          {number}
        </a>
        <span className="subtle tabn spacer num">{date}</span>
        <Icon name="lock" size="sm" />
      </div>
      <table className="table">
        <thead>
          <tr>
            <th>{words.account}</th>
            <th className="num">{words.debit}</th>
            <th className="num">{words.credit}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={at}>
              <td className="truncate">
                <span className="tabn">{line.account.number}</span> <span className="muted">{line.account.name}</span>
              </td>
              <td className="num">{line.debit}</td>
              <td className="num">{line.credit}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
