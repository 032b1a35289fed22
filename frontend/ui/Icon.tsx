import type { IconName } from './icon-names.ts';

export type { IconName };

const version = process.env.NEXT_PUBLIC_ICON_VERSION ?? '';

/** An icon from the sprite, in the colour of the text around it. It never carries meaning alone, so it is hidden. */
export function Icon({ name, size }: { name: IconName; size?: 'sm' | 'lg' }) {
  return (
    <svg className={size ? `icon icon--${size}` : 'icon'} aria-hidden="true">
      <use href={`/icons.svg?${version}#${name}`} />
    </svg>
  );
}
