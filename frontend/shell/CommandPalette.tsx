'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Icon, type IconName } from '#ui/Icon.tsx';
import { toast } from '#ui/Toast.tsx';
import { calculate } from './calculate.ts';
import { chooseDisplay } from './display.ts';
import { goTo } from './leaving.ts';
import { pageActions } from './page-actions.ts';
import { type Found, menuActions, navigationEntries, searchRecords } from './palette-sources.ts';
import type { Creation, Place } from './places.ts';
import { recentVisits } from './recent.ts';
import { wanted } from './wanted.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly group: string;
  readonly icon: IconName;
  readonly label: string;
  readonly detail?: string;
  readonly end?: string | undefined;
  readonly run: () => void;
}

const searchAfterMs = 120;
const nothing: Found = { entries: [], failed: [] };

/** Ctrl+K: go to a page or record, create something, change the display, or work a sum out. */
export default function CommandPalette({
  owner,
  permissions,
  creations,
  places,
  openKeys,
  onClose,
}: {
  owner: string;
  permissions: readonly string[];
  creations: readonly Creation[];
  places: readonly Place[];
  openKeys: () => void;
  onClose: () => void;
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const path = usePathname();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const [text, setText] = useState('');
  const [found, setFound] = useState(nothing);
  const [answered, setAnswered] = useState('');
  const [attempt, setAttempt] = useState(0);
  const [at, setAt] = useState(0);
  const [here] = useState(pageActions);

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    // A modal dialog makes the page behind it inert, and for that every element of it gets its style anew. Here the scrim keeps the
    // pointer from it, and `onKeyDown` the keys.
    if (document.querySelector('dialog:modal')) element.showModal();
    else element.show();
  }, []);

  const go = (href: string) => goTo(router, href);
  const copy = async (sum: string) => {
    try {
      await navigator.clipboard.writeText(sum);
      toast({ tone: 'ok', text: t('ui.palette.copied', { sum }) });
    } catch {
      // Browsers forbid it where the page did not come over HTTPS.
      toast({ tone: 'danger', text: t('ui.palette.notCopied', { sum }) });
    }
  };
  useEffect(() => {
    const patience = new AbortController();
    if (text.trim().length < 2) {
      setFound(nothing);
      return;
    }
    const timer = setTimeout(() => {
      searchRecords(text.trim(), { format, permissions, go: (href) => goTo(router, href) }, patience.signal).then(
        (answer) => {
          if (patience.signal.aborted) return;
          setFound(answer);
          setAnswered(text.trim());
        },
      );
    }, searchAfterMs);
    return () => {
      clearTimeout(timer);
      patience.abort();
    };
  }, [text, attempt, format, permissions, router]);

  const typed = text.trim();
  const { fits: matches, isNear, isNamed } = wanted(typed);
  const recent = recentVisits(owner)
    .filter(({ href, title }) => href !== path && matches(title))
    .slice(0, 4)
    .map(
      ({ href, title }): PaletteEntry => ({
        id: `recent ${href}`,
        group: t('ui.palette.recent'),
        icon: 'undo',
        label: title,
        run: () => go(href),
      }),
    );
  const actions: PaletteEntry[] = [
    ...creations.map(({ href, label }) => ({ id: href, icon: 'plus' as const, label, run: () => go(href) })),
    { id: 'keys', icon: 'keyboard' as const, label: t('ui.keys.title'), end: '?', run: openKeys },
    { id: 'help', icon: 'info' as const, label: t('ui.palette.help'), run: () => go('/help') },
    {
      id: 'dark',
      icon: 'sun' as const,
      label: t('ui.palette.dark'),
      run: () => chooseDisplay('theme=dark', () => undefined),
    },
    {
      id: 'light',
      icon: 'sun' as const,
      label: t('ui.palette.light'),
      run: () => chooseDisplay('theme=light', () => undefined),
    },
    ...menuActions(),
  ].map((entry) => ({ ...entry, group: t('ui.palette.actions') }));
  const onPage = here
    .filter(({ href }) => !creations.some((creation) => creation.href === href))
    .map(
      ({ label, icon, key, element }, index): PaletteEntry => ({
        id: `here ${index}`,
        group: t('ui.keys.here'),
        icon: (icon ?? 'right') as IconName,
        label,
        end: key ?? undefined,
        run: () => element.click(),
      }),
    );
  const fitting = (some: readonly PaletteEntry[]) => some.filter(({ label }) => matches(label));
  const allPages = navigationEntries(t('ui.palette.pages'), go);
  const allPlaces = places.map((place) => ({ ...place, id: place.href, run: () => go(place.href) }));
  const pages = fitting(allPages).slice(0, typed ? 5 : 8);
  const actionsHere = fitting(onPage);
  const named = (entry: PaletteEntry) => isNamed(entry.label) || isNamed(entry.detail ?? '');
  const entries: PaletteEntry[] = [
    ...recent,
    // What is marked first is run by Enter alone: that is never something done to the record in view.
    ...(typed || recent.length === 0 ? [...pages, ...actionsHere] : [...actionsHere, ...pages]),
    ...(typed ? [...found.entries.filter(named), ...found.entries.filter((entry) => !named(entry))] : []),
    ...(typed ? fitting(allPlaces) : []),
    ...fitting(actions),
  ];
  // A slip of the fingers still leads somewhere, but never to something that is done to the record in view.
  if (entries.length === 0)
    entries.push(...[...allPages, ...allPlaces, ...actions].filter(({ label }) => isNear(label)));
  const result = calculate(text, format.locale);
  if (result !== null) {
    const shown = format.decimal(result, 2);
    entries.push({
      id: 'sum',
      group: t('ui.palette.actions'),
      icon: 'calc',
      label: `${text.trim()} = ${shown}`,
      end: t('ui.palette.result'),
      run: () => void copy(shown),
    });
  }
  const chosen = Math.min(at, entries.length - 1);

  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLDialogElement>) => {
    const { key, target } = event;
    if (key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, entries.length));
    else if (key === 'ArrowUp') setAt((chosen + entries.length - 1) % Math.max(1, entries.length));
    else if (key === 'Enter' && !(target instanceof HTMLButtonElement)) run(entries[chosen]);
    else if (key === 'Escape') event.currentTarget.close();
    else if (key === 'Tab') {
      const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button:not(.only-phone)')];
      const at = stops.indexOf(target as HTMLElement) + (event.shiftKey ? -1 : 1);
      stops.at(at % stops.length)?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <>
      {/* The focus stays in the dialog, which gives it back when it closes. */}
      <div
        className="palette-scrim"
        role="presentation"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => dialog.current?.close()}
      />
      <dialog
        ref={dialog}
        className="palette"
        aria-label={t('ui.palette.label')}
        aria-modal="true"
        tabIndex={-1}
        onClose={onClose}
        onKeyDown={onKeyDown}
        onClick={(event) => event.target === dialog.current && dialog.current.close()}
      >
        <div className="palette-input">
          <Icon name="search" />
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={entries[chosen] && `${list}-${chosen}`}
            aria-label={t('ui.palette.label')}
            placeholder={t('ui.palette.placeholder')}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
          />
          <kbd className="kbd only-desk">Esc</kbd>
          <Button
            kind="ghost"
            icon="x"
            label={t('ui.close')}
            className="only-phone"
            onClick={() => dialog.current?.close()}
          />
        </div>
        <div className="palette-list" id={list} role="listbox" aria-label={t('ui.palette.label')}>
          {entries.map((entry, index) => (
            <div key={entry.id} role="presentation">
              {entries[index - 1]?.group !== entry.group && (
                <div className="palette-group" role="presentation">
                  <span>{entry.group}</span>
                </div>
              )}
              <div
                className="palette-item"
                role="option"
                tabIndex={-1}
                id={`${list}-${index}`}
                aria-selected={index === chosen}
                ref={(item) => {
                  if (index === chosen) item?.scrollIntoView({ block: 'nearest' });
                }}
                onPointerMove={() => setAt(index)}
                onClick={() => run(entry)}
              >
                <Icon name={entry.icon} />
                <span className="main">
                  <span className="truncate">{entry.label}</span>
                  {entry.detail && <small className="truncate">{entry.detail}</small>}
                </span>
                <span className="end">
                  {entry.end && <span className="tabn">{entry.end}</span>}
                  {index === chosen && <kbd className="kbd">{t('ui.key.enter')}</kbd>}
                </span>
              </div>
            </div>
          ))}
          {entries.length === 0 && found.failed.length === 0 && (typed.length < 2 || answered === typed) && (
            <p className="palette-group">{t('ui.palette.nothing')}</p>
          )}
        </div>
        {found.failed.length > 0 && (
          <p className="palette-group" role="alert">
            <span>{t('ui.palette.notSearched', { lists: found.failed.join(', ') })}</span>
            <button type="button" className="btn btn--sm" onClick={() => setAttempt(attempt + 1)}>
              {t('ui.retry')}
            </button>
          </p>
        )}
        <div className="palette-foot">
          <span>
            <kbd className="kbd">↑</kbd>
            <kbd className="kbd">↓</kbd> {t('ui.palette.choose')}
          </span>
          <span>
            <kbd className="kbd">{t('ui.key.enter')}</kbd> {t('ui.palette.open')}
          </span>
        </div>
      </dialog>
    </>
  );
}
