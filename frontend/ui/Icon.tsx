import type { IconName } from './icons.ts';

export type { IconName };

/** An icon in the colour of the text around it. It never carries meaning alone, so it is hidden. */
export function Icon({ name, size }: { name: IconName; size?: 'sm' | 'lg' }) {
  return (
    <svg className={size ? `icon icon--${size}` : 'icon'} aria-hidden="true">
      <use href={`#icon-${name}`} />
    </svg>
  );
}
