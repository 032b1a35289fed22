/** Told before code leaves the page; a guard that prevents it asks the reader and goes there itself. */
export const LEAVING = 'valeo:leaving';

/**
 * Goes to another page, as links do: when there is unsaved work, its reader is asked first. Everything that navigates without a
 * link goes through here, except forms that have just been saved.
 */
export function goTo(router: { push(href: string, options?: { scroll?: boolean }): void }, href: string): void {
  if (dispatchEvent(new CustomEvent(LEAVING, { cancelable: true, detail: href }))) router.push(href);
}
