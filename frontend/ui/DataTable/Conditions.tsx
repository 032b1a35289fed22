import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '../Icon.tsx';
import type { ListDefinition } from './definition.ts';
import { type FilterPart, isGroup } from './filter.ts';
import { conditionValue, operatorText, partText } from './filter-text.ts';

/** The conditions in effect, each to be opened or removed. */
export default function Conditions({
  definition,
  conditions,
  onOpen,
  onRemove,
}: {
  definition: ListDefinition;
  conditions: readonly FilterPart[];
  onOpen: (part: FilterPart) => void;
  onRemove: (part: FilterPart) => void;
}) {
  return conditions.map((part, at) => (
    <Chip key={at} part={part} definition={definition} onOpen={() => onOpen(part)} onRemove={() => onRemove(part)} />
  ));
}

function Chip({
  part,
  definition,
  onOpen,
  onRemove,
}: {
  part: FilterPart;
  definition: ListDefinition;
  onOpen: () => void;
  onRemove: () => void;
}) {
  const language = useLanguage();
  const { t } = language;
  const columns = new Map(definition.columns.map((column) => [column.key, column]));
  const column = isGroup(part) ? undefined : columns.get(part.column);
  const text = isGroup(part) ? partText(part, columns, language) : '';
  return (
    <span className="chip">
      {column && !isGroup(part) ? (
        <>
          <span className="chip-key">{column.label}</span>
          <span className="chip-op">{operatorText(part, t)}</span>
          <button type="button" className="chip-val tabn" onClick={onOpen}>
            {conditionValue(part, column, language)}
          </button>
        </>
      ) : (
        <button type="button" className="chip-val chip-val--group" title={text} onClick={onOpen}>
          {text}
        </button>
      )}
      <button
        type="button"
        className="chip-x"
        aria-label={t('ui.list.removeFilter', { name: column?.label ?? text })}
        onClick={onRemove}
      >
        <Icon name="x" size="sm" />
      </button>
    </span>
  );
}
