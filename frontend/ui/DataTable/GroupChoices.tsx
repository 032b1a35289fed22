import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '../Icon.tsx';
import type { ListDefinition } from './definition.ts';
import { type GroupWay, groupWays, levelsMax, wayName } from './group-ways.ts';
import type { ListState } from './state.ts';

/** The ways to group a list: one, or a second one within the first. */
export default function GroupChoices({
  definition,
  ways,
  change,
}: {
  definition: ListDefinition;
  ways: readonly GroupWay[];
  change(patch: Partial<ListState>): void;
}) {
  const { t } = useLanguage();
  const choose = (level: number, way: GroupWay | null) => {
    const others = ways.slice(0, level);
    const chosen = level === 0 ? [way, ...ways.slice(1).filter((each) => each !== way)] : [...others, way];
    change({ group: (way ? chosen : others).flatMap((each) => each?.name ?? []).join() || null });
  };
  return Array.from({ length: Math.min(levelsMax, ways.length + 1) }, (_, level) => (
    <div role="group" key={level} aria-label={level > 0 ? t('ui.group.within') : undefined}>
      {level > 0 && (
        <p className="menu-head" aria-hidden="true">
          {t('ui.group.within')}
        </p>
      )}
      {[null, ...groupWays(definition)]
        .filter((each) => level === 0 || each?.name !== ways[0]?.name)
        .map((each) => (
          <button
            type="button"
            key={each?.name ?? ''}
            className="menu-item"
            role="menuitemradio"
            aria-checked={ways[level]?.name === each?.name}
            popoverTarget="group-menu"
            onClick={() => choose(level, each)}
          >
            {each ? wayName(each, t) : t(level > 0 ? 'ui.group.withinOff' : 'ui.group.off')}
            <span className="end menu-check">
              <Icon name="check" />
            </span>
          </button>
        ))}
    </div>
  ));
}
