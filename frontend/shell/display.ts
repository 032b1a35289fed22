import { type Display, displayCookie, parseDisplay, writeDisplay } from '#i18n/display.ts';

const yearSeconds = 31_536_000;

/** The display as the cookie has it now. */
export function currentDisplay(): Display {
  const cookie = document.cookie.split('; ').find((each) => each.startsWith(`${displayCookie}=`));
  return parseDisplay(cookie && decodeURIComponent(cookie.slice(displayCookie.length + 1)));
}

/**
 * Applies a choice such as `theme=dark` (an empty value gives the choice back to the system) and remembers it. A new
 * language needs the server, which holds the catalogues; `refresh` fetches the page again in place.
 */
export function chooseDisplay(choice: string, refresh: () => void): void {
  const [name, value] = choice.split('=') as [keyof Display, string];
  const next = parseDisplay(
    writeDisplay({ ...currentDisplay(), [name]: value === 'toggle' ? toggled(name) : value || null }),
  );
  // Firefox has no Cookie Store API.
  document.cookie = `${displayCookie}=${encodeURIComponent(writeDisplay(next))}; path=/; max-age=${yearSeconds}; samesite=lax`;
  // Pages that are kept look as before.
  if (name !== 'nav') navigator.serviceWorker?.controller?.postMessage({ type: 'display' });
  if (name === 'locale') {
    refresh();
    return;
  }
  const root = document.documentElement;
  if (next[name]) root.dataset[name] = next[name];
  else delete root.dataset[name];
  for (const item of document.querySelectorAll<HTMLElement>(`[role=menuitemradio][data-display^="${name}="]`)) {
    item.ariaChecked = String(item.dataset.display === `${name}=${next[name] ?? ''}`);
  }
}

function toggled(name: keyof Display): string | null {
  return currentDisplay()[name] ? null : name === 'nav' ? 'min' : null;
}
