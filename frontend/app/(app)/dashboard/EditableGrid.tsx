'use client';

import { useId } from 'react';
import GridLayout, { type LayoutItem, useContainerWidth } from 'react-grid-layout';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import type { Tile } from './DashboardGrid.tsx';
import { changed, columns, type Layout, removed, sizesOf } from './layout.ts';

const gap = 12;
const rowHeight = 44;

/** The widgets as things to take: dragged and sized with the pointer, or with arrow keys. What they show stays live. */
export default function EditableGrid({
  layout,
  tileOf,
  onChange,
}: {
  layout: Layout;
  tileOf: (id: string) => Tile;
  onChange: (layout: Layout) => void;
}) {
  const { t } = useLanguage();
  const { width, containerRef, mounted } = useContainerWidth();
  const hint = useId();
  const settle = (items: readonly LayoutItem[]) => {
    const next = items.map(({ i, x, y, w, h }) => ({ id: i, x, y, w, h })).sort((a, b) => a.y - b.y || a.x - b.x);
    if (JSON.stringify(next) !== JSON.stringify(layout)) onChange(next);
  };
  const onKeyDown = (event: React.KeyboardEvent, id: string) => {
    const place = layout.find((each) => each.id === id);
    if (!place || event.target !== event.currentTarget) return;
    const right = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    const down = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    if (event.key === 'Delete') onChange(removed(layout, id));
    else if (!right && !down) return;
    else if (event.shiftKey) onChange(changed(layout, id, { w: place.w + right, h: place.h + down }));
    else onChange(changed(layout, id, { x: place.x + right, y: place.y + down }));
    event.preventDefault();
  };

  return (
    <div ref={containerRef as React.RefObject<HTMLDivElement>} className="dash-edit">
      <p id={hint} className="visually-hidden">
        {t('ui.dashboard.keys')}
      </p>
      {mounted && (
        <GridLayout
          width={width}
          layout={layout.map(({ id, x, y, w, h }) => {
            const { least } = sizesOf(id);
            return { i: id, x, y, w, h, minW: least.w, minH: least.h };
          })}
          gridConfig={{ cols: columns, rowHeight, margin: [gap, gap], containerPadding: [0, 0] }}
          dragConfig={{ cancel: 'button' }}
          resizeConfig={{ handles: ['e', 's', 'se'] }}
          onDragStop={settle}
          onResizeStop={settle}
        >
          {layout.map(({ id, w, h }) => {
            const { title, node } = tileOf(id);
            return (
              <div
                key={id}
                className="dash-tile"
                role="group"
                tabIndex={0}
                aria-label={t('ui.dashboard.tile', { title, w, h })}
                aria-describedby={hint}
                onKeyDown={(event) => onKeyDown(event, id)}
              >
                <span className="edit-size tabn" aria-hidden="true">{`${w} × ${h}`}</span>
                <div className="dash-tile-body" inert>
                  {node}
                </div>
                <Button
                  className="dash-tile-remove"
                  size="sm"
                  icon="trash"
                  label={t('ui.dashboard.remove', { title })}
                  onClick={() => onChange(removed(layout, id))}
                />
              </div>
            );
          })}
        </GridLayout>
      )}
    </div>
  );
}
