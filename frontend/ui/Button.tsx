import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

interface Look {
  readonly kind?: 'primary' | 'ghost' | 'danger';
  readonly size?: 'sm';
  readonly icon?: IconName;
  /** The key that does the same, shown on the button and announced. */
  readonly shortcut?: string;
  /** A button that shows its icon only still has a name. */
  readonly label?: string;
  readonly children?: ReactNode;
}

export function buttonClass({ kind, size, icon, children }: Look, extra?: string): string {
  const parts = ['btn'];
  if (kind) parts.push(`btn--${kind}`);
  if (size) parts.push(`btn--${size}`);
  if (icon && !children) parts.push('btn--icon');
  if (extra) parts.push(extra);
  return parts.join(' ');
}

export function Button({
  kind,
  size,
  icon,
  shortcut,
  label,
  busy,
  children,
  className,
  ...rest
}: Look & { busy?: boolean } & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      className={buttonClass({ kind, size, icon, children }, className)}
      aria-label={label}
      title={children ? undefined : label}
      aria-busy={busy || undefined}
      aria-keyshortcuts={shortcut}
      {...rest}
    >
      {busy ? <span className="spinner" /> : icon && <Icon name={icon} />}
      {children}
      {shortcut && <kbd className="kbd only-desk">{shortcut}</kbd>}
    </button>
  );
}

export function ButtonLink({
  kind,
  size,
  icon,
  shortcut,
  label,
  children,
  className,
  ...rest
}: Look & ComponentProps<'a'>) {
  return (
    <a
      className={buttonClass({ kind, size, icon, children }, className)}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {children}
      {shortcut && <kbd className="kbd only-desk">{shortcut}</kbd>}
    </a>
  );
}
