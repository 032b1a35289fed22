'use client';

import { useEffect, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { ownText } from './page-actions.ts';

interface Entry {
  readonly keys: readonly string[];
  readonly label: string;
}

interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** What of a page these keys are for; everywhere without it. */
  readonly part?: string;
}

/**
 * Every key of the app, those that do something on this page first. What the page itself offers is read from the page, so that it
 * cannot be forgotten here.
 */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const [page, setPage] = useState<{ readonly keys: Group; readonly go: Group } | null>(null);
  const ctrl = t('ui.key.ctrl');
  const shift = t('ui.key.shift');

  useEffect(() => setPage({ keys: group(t('ui.keys.here'), pageKeys()), go: group(t('ui.keys.go'), goKeys()) }), [t]);

  const everywhere = group(t('ui.keys.everywhere'), [
    { keys: [ctrl, 'K'], label: t('ui.keys.palette') },
    { keys: ['?'], label: t('ui.keys.sheet') },
    { keys: ['R'], label: t('ui.keys.toast') },
    { keys: ['Esc'], label: t('ui.keys.close') },
  ]);
  const parts: readonly Group[] = [
    group(
      t('ui.keys.list'),
      [
        { keys: ['↑', '↓', '←', '→'], label: t('ui.keys.move') },
        { keys: [ctrl, t('ui.key.end')], label: t('ui.keys.ends') },
        { keys: ['↑', t('ui.key.enter')], label: t('ui.keys.sort') },
        { keys: [shift, t('ui.key.enter')], label: t('ui.keys.sortMore') },
        { keys: [t('ui.key.space')], label: t('ui.keys.select') },
        { keys: [t('ui.key.enter')], label: t('ui.keys.open') },
        { keys: ['/'], label: t('ui.keys.search') },
      ],
      '.grid',
    ),
    group(
      t('ui.keys.forms'),
      [
        { keys: [ctrl, 'S'], label: t('ui.keys.save') },
        { keys: [ctrl, t('ui.key.enter')], label: t('ui.keys.submit') },
      ],
      'form:not([action])',
    ),
    group(
      t('ui.keys.lines'),
      [
        { keys: [t('ui.key.enter')], label: t('ui.entry.key.next') },
        { keys: ['↑', '↓'], label: t('ui.entry.key.rows') },
        { keys: ['='], label: t('ui.journal.key.balance') },
        { keys: [ctrl, 'D'], label: t('ui.entry.key.copy') },
        { keys: [ctrl, t('ui.key.delete')], label: t('ui.entry.key.remove') },
        { keys: [ctrl, 'V'], label: t('ui.keys.paste') },
      ],
      '.line-grid',
    ),
    group(
      t('ui.keys.dashboard'),
      [
        { keys: ['↑', '↓', '←', '→'], label: t('ui.keys.tileMove') },
        { keys: [shift, '→'], label: t('ui.keys.tileSize') },
        { keys: [t('ui.key.delete')], label: t('ui.keys.tileRemove') },
      ],
      '.dash',
    ),
  ];
  const isHere = ({ part = '' }: Group) => document.querySelector(`#main :is(${part})`) !== null;
  const groups = page
    ? [page.keys, ...parts.filter(isHere), everywhere, page.go, ...parts.filter((each) => !isHere(each))]
    : [everywhere, ...parts];

  return (
    <Dialog
      title={t('ui.keys.title')}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t('ui.close')}
        </Button>
      }
    >
      <div className="key-sheet">
        {groups
          .filter(({ entries }) => entries.length > 0)
          .map(({ title, entries }) => (
            <section key={title}>
              <h3 className="field-label">{title}</h3>
              <dl className="keys">
                {entries.map(({ keys, label }) => (
                  <div className="keys-row" key={label}>
                    <dt>{label}</dt>
                    <dd>
                      {keys.map((key) => (
                        <kbd className="kbd" key={key}>
                          {key}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Dialog>
  );
}

const group = (title: string, entries: readonly Entry[], part?: string): Group => ({ title, entries, part });

function pageKeys(): Entry[] {
  return [...document.querySelectorAll<HTMLElement>('#main [aria-keyshortcuts]')].flatMap((element) => {
    const key = element.getAttribute('aria-keyshortcuts') as string;
    const label = element.getAttribute('aria-label') ?? ownText(element);
    return key.length === 1 && key !== '/' && label ? [{ keys: [key], label }] : [];
  });
}

function goKeys(): Entry[] {
  return [...document.querySelectorAll<HTMLElement>('.nav [data-go]')].map((link) => ({
    keys: ['G', link.dataset.go as string],
    label: link.title,
  }));
}
