import type { Creation } from './places.ts';

/** What "new" means on a page: what its list is about, else the most frequent of what the reader may begin. */
export const creationFor = (path: string, creations: readonly Creation[]): Creation | undefined =>
  creations.find(({ lists }) => lists.some((list) => path === list || path.startsWith(`${list}/`))) ?? creations[0];
