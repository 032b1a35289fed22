import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

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
