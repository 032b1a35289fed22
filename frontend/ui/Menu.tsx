import type { CSSProperties, ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

/**
 * A menu on the platform's own popover: opening, closing by Escape or a click outside and giving the focus back need
 * no script. Arrow keys are handled once for all menus by the shell.
 */
export function Menu({
  id,
  label,
  named,
  trigger,
  className,
  align = 'end',
  children,
}: {
  id: string;
  label: string;
  /** The trigger's own text names the button; else the label does. */
  named?: boolean;
  trigger: ReactNode;
  className: string;
  align?: 'start' | 'end';
  children: ReactNode;
}) {
  const anchor = { anchorName: `--${id}` } as CSSProperties;
  const position = { positionAnchor: `--${id}` } as CSSProperties;
  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={named ? undefined : label}
        aria-haspopup="menu"
        popoverTarget={id}
        style={anchor}
      >
        {trigger}
      </button>
      <div id={id} popover="auto" role="menu" aria-label={label} className={`pop menu menu--${align}`} style={position}>
        {children}
      </div>
    </>
  );
}

export function MenuLink({
  href,
  icon,
  end,
  children,
}: {
  href: string;
  icon?: IconName;
  end?: ReactNode;
  children: ReactNode;
}) {
  return (
    <a className="menu-item" role="menuitem" href={href}>
      {icon && <Icon name={icon} />}
      {children}
      {end && <span className="end">{end}</span>}
    </a>
  );
}

/** One of several ways to show the app; the shell keeps the choice in the display cookie. */
export function MenuChoice({ display, checked, children }: { display: string; checked: boolean; children: ReactNode }) {
  return (
    <button type="button" className="menu-item" role="menuitemradio" aria-checked={checked} data-display={display}>
      {children}
      <span className="end menu-check">
        <Icon name="check" />
      </span>
    </button>
  );
}
