import type { ReactNode } from 'react';

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
