import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

/** Something failed: the cause, what is safe, the way to try again, and the id that support asks for. Alone here, since every page carries it. */
export function ErrorState({
  title,
  children,
  requestId,
  actions,
}: {
  title: string;
  children?: ReactNode;
  requestId?: string | null;
  actions?: ReactNode;
}) {
  return (
    <div className="state" role="alert">
      <span className="pill pill--danger">
        <Icon name="error" />
        {title}
      </span>
      {children && <p>{children}</p>}
      {actions && <div className="row">{actions}</div>}
      {requestId && <small className="subtle tabn">{requestId}</small>}
    </div>
  );
}
