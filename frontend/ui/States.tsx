import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** Nothing is here yet: what belongs here and the one action that starts it. */
export function EmptyState({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="state">
      <svg
        className="state-art"
        viewBox="0 0 72 56"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d="M20 6h24l8 8v36H20z" fill="var(--surface)" />
        <path d="M44 6v8h8M26 22h20M26 29h20M26 36h12" strokeLinecap="round" />
        <path d="M14 12v38a4 4 0 0 0 4 4h28" opacity=".45" strokeLinecap="round" />
      </svg>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}

export function Notice({
  tone = 'info',
  title,
  children,
  action,
}: {
  tone?: 'info' | 'ok' | 'warn' | 'danger';
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const icon = ({ info: 'info', ok: 'check', warn: 'alert', danger: 'error' } as const)[tone];
  return (
    <div className={`notice notice--${tone}`} role={tone === 'danger' ? 'alert' : undefined}>
      <Icon name={icon} />
      <strong>{title}</strong>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

export function Progress({ value, label, tone }: { value: number; label: string; tone?: 'warn' | 'ok' }) {
  return (
    <div
      className={tone ? `progress progress--${tone}` : 'progress'}
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ '--v': `${value}%` } as React.CSSProperties} />
    </div>
  );
}
