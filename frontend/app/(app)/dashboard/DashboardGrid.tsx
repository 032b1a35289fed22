'use client';

import { useRouter } from 'next/navigation';
import { type CSSProperties, type ReactNode, Suspense, useEffect, useState } from 'react';
import { SetPreference } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { late } from '#ui/late.tsx';
import { Menu } from '#ui/Menu.tsx';
import { toast } from '#ui/Toast.tsx';
import { added, type Layout } from './layout.ts';
import { useDashboardLive } from './useDashboardLive.ts';

/** The grid library comes only to those who arrange. */
const EditableGrid = late(() => import('./EditableGrid.tsx'));

export interface Tile {
  readonly id: string;
  readonly title: string;
  readonly node: ReactNode;
}

/** The widgets where the reader has put them, and the way to put them elsewhere. What is arranged is kept at once. */
export function DashboardGrid({
  layout: kept,
  standard,
  tiles,
  choices,
  heading,
  actions,
  children,
}: {
  layout: Layout;
  /** What the reader's role starts with. */
  standard: Layout;
  tiles: readonly Tile[];
  /** Everything that may stand here. */
  choices: readonly { readonly id: string; readonly title: string }[];
  heading: ReactNode;
  actions: ReactNode;
  /** Stands above the widgets. */
  children?: ReactNode;
}) {
  const { t } = useLanguage();
  const router = useRouter();
  const [layout, setLayout] = useState(kept);
  const [editing, setEditing] = useState(false);
  const { write, error } = useWrite(SetPreference);
  useDashboardLive(layout, editing);

  const known = JSON.stringify(kept);
  useEffect(() => setLayout(JSON.parse(known)), [known]);
  useEffect(() => {
    if (error) toast({ tone: 'danger', text: error.message });
  }, [error]);

  const keep = async (next: Layout, value: Layout | null = next) => {
    const isNew = next.some((place) => !tiles.some((tile) => tile.id === place.id));
    setLayout(next);
    const done = await write({ key: 'dashboard', value });
    if (done && isNew) router.refresh();
  };
  const tileOf = (id: string): Tile =>
    tiles.find((tile) => tile.id === id) ?? {
      id,
      title: choices.find((choice) => choice.id === id)?.title ?? id,
      node: <section className="card" aria-busy="true" />,
    };
  const more = choices.filter((choice) => !layout.some((place) => place.id === choice.id));
  const shown = layout.map((place) => ({ place, tile: tileOf(place.id) }));
  const still = (
    <div className="dash">
      {shown.map(({ place, tile }) => (
        <div
          key={place.id}
          className={place.h === 2 ? 'dash-place dash-place--figure' : 'dash-place'}
          style={{ '--x': place.x + 1, '--y': place.y + 1, '--w': place.w, '--h': place.h } as CSSProperties}
        >
          {tile.node}
        </div>
      ))}
    </div>
  );

  return (
    <>
      <header className="dash-head">
        {heading}
        <div className="page-actions">
          {editing ? (
            <>
              <Button kind="ghost" icon="undo" onClick={() => keep(standard, null)}>
                {t('ui.dashboard.reset')}
              </Button>
              {more.length > 0 && (
                <Menu
                  id="add-widget"
                  className="btn"
                  label={t('ui.dashboard.add')}
                  named
                  trigger={
                    <>
                      <Icon name="plus" />
                      {t('ui.dashboard.add')}
                    </>
                  }
                >
                  {more.map(({ id, title }) => (
                    <button
                      key={id}
                      type="button"
                      className="menu-item"
                      role="menuitem"
                      onClick={() => keep(added(layout, id))}
                    >
                      {title}
                    </button>
                  ))}
                </Menu>
              )}
              <Button kind="primary" icon="check" onClick={() => setEditing(false)}>
                {t('ui.dashboard.done')}
              </Button>
            </>
          ) : (
            <>
              <Button kind="ghost" icon="pencil" className="only-desk" onClick={() => setEditing(true)}>
                {t('ui.dashboard.edit')}
              </Button>
              {actions}
            </>
          )}
        </div>
      </header>
      {children}
      {editing ? (
        <Suspense fallback={still}>
          <EditableGrid layout={layout} tileOf={tileOf} onChange={keep} />
        </Suspense>
      ) : (
        still
      )}
    </>
  );
}
