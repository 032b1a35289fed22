/** A page that the reader wants at hand. */
export interface Favourite {
  readonly href: string;
  readonly title: string;
}

export const favouritesMost = 12;

/** The favourites among the reader's preferences; what does not lead into this app is left out. */
export function parseFavourites(value: unknown): readonly Favourite[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((each): each is Favourite => typeof each?.href === 'string' && typeof each.title === 'string')
    .filter(({ href, title }) => /^\/(?!\/)/.test(href) && title !== '')
    .slice(0, favouritesMost)
    .map(({ href, title }) => ({ href, title: title.slice(0, 80) }));
}
