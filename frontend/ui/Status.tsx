import { Icon, type IconName } from './Icon.tsx';

/** The seven states a document or amount can be in. Each has its own glyph, so colour is never needed to tell them. */
export type StatusTone = 'paid' | 'open' | 'part' | 'over' | 'draft' | 'void' | 'credit';

/** Quiet form for rows: glyph and word. */
export function Status({ tone, children }: { tone: StatusTone; children: string }) {
  return (
    <span className={`status status--${tone}`}>
      <Icon name={`st-${tone}` as IconName} />
      {children}
    </span>
  );
}

/** Filled form for the head of a document; at most one per row of a table. */
export function Pill({
  tone,
  plain,
  children,
}: {
  tone: StatusTone | 'ok' | 'warn' | 'info' | 'danger';
  plain?: boolean;
  children: string;
}) {
  const glyph = !plain && !['ok', 'warn', 'info', 'danger'].includes(tone);
  return (
    <span className={glyph ? `pill pill--${tone}` : `pill pill--${tone} pill--plain`}>
      {glyph && <Icon name={`st-${tone}` as IconName} />}
      {children}
    </span>
  );
}

/** A country by its ISO code, its name on hover and for screen readers. */
export function Iso({ code, name }: { code: string; name: string }) {
  return (
    <abbr className="iso" title={name}>
      {code}
    </abbr>
  );
}
