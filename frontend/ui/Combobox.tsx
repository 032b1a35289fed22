'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';

const searchAfterMs = 120;

export interface ComboboxProps<Item extends { readonly id: string }> {
  readonly label: string;
  /** Text of the chosen item; typing over it searches anew. */
  readonly text: string;
  readonly inputId?: string;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly autoFocus?: boolean;
  readonly className?: string;
  readonly nothing: string;
  search(text: string, signal: AbortSignal): Promise<readonly Item[]>;
  render(item: Item): ReactNode;
  onPick(item: Item): void;
  /** Keys that the list has no use for. */
  onKeyDown?(event: React.KeyboardEvent<HTMLInputElement>): void;
}

/**
 * A field that finds a record while one types. Enter or Tab takes the marked match, and only when something was typed
 * and matches: leaving the field never takes a wrong one.
 */
export function Combobox<Item extends { readonly id: string }>(props: ComboboxProps<Item>) {
  const { search } = props;
  const list = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const [at, setAt] = useState(0);
  const searching = useRef(search);
  searching.current = search;
  const open = typed !== null && typed.trim() !== '';

  useEffect(() => {
    const wanted = typed?.trim();
    if (!wanted) {
      setItems(null);
      return;
    }
    const patience = new AbortController();
    const timer = setTimeout(() => {
      searching.current(wanted, patience.signal).then(
        (found) => {
          setItems(found);
          setAt(0);
        },
        () => undefined,
      );
    }, searchAfterMs);
    return () => {
      clearTimeout(timer);
      patience.abort();
    };
  }, [typed]);

  const pick = (item: Item) => {
    setTyped(null);
    props.onPick(item);
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    const marked = open ? items?.[at] : undefined;
    if (marked && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const count = items?.length ?? 1;
      setAt((at + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    } else if (marked && event.key === 'Enter') {
      event.preventDefault();
      pick(marked);
    } else if (marked && event.key === 'Tab' && !event.shiftKey) pick(marked);
    else if (event.key === 'Escape' && open) {
      event.preventDefault();
      setTyped(null);
    } else props.onKeyDown?.(event);
  };

  return (
    <>
      <input
        id={props.inputId}
        className={props.className}
        role="combobox"
        aria-label={props.label}
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && items?.[at] ? `${list}-${at}` : undefined}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        autoComplete="off"
        spellCheck={false}
        autoFocus={props.autoFocus}
        value={typed ?? props.text}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
        onKeyDown={onKeyDown}
      />
      {open && items && (
        <div className="pop combo">
          <div role="listbox" id={list} aria-label={props.label}>
            {items.map((item, index) => (
              <div
                key={item.id}
                id={`${list}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                className="combo-item"
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={() => setAt(index)}
                onClick={() => pick(item)}
              >
                {props.render(item)}
              </div>
            ))}
          </div>
          {items.length === 0 && <p className="combo-foot">{props.nothing}</p>}
        </div>
      )}
    </>
  );
}
