'use client';

import { type ReactNode, useContext, useEffect, useId, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { LineNote } from './line-note.ts';

const searchAfterMs = 120;

export interface ComboboxProps<Item extends { readonly id: string }> {
  readonly label: string;
  /** Text of the chosen item; typing over it searches anew. */
  readonly text: string;
  readonly inputId?: string;
  readonly required?: boolean | undefined;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly autoFocus?: boolean;
  readonly className?: string;
  readonly nothing: string;
  search(text: string, signal: AbortSignal): Promise<readonly Item[]>;
  render(item: Item): ReactNode;
  /** What names the item alone, such as its number. */
  codeOf(item: Item): string;
  /** `here` tells that the field still has the focus. */
  onPick(item: Item, here: boolean): void;
  /** The field was emptied; without it what was chosen comes back. */
  onClear?(): void;
  /** Keys that the list has no use for. */
  onKeyDown?(event: React.KeyboardEvent<HTMLInputElement>): void;
}

/**
 * A field that finds a record while one types. Enter or Tab takes the marked match of what stands there. Pressed before the
 * answer, as scanners do, they take the match that leaves no choice once it is there, and without one the text stays, as wrong. So
 * does a text that the field is left with: nothing typed is dropped unseen.
 */
export function Combobox<Item extends { readonly id: string }>(props: ComboboxProps<Item>) {
  const { t } = useLanguage();
  const list = useId();
  const note = useContext(LineNote);
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<{ readonly text: string } | null>(null);
  const [found, setFound] = useState<{ readonly by: typeof typed; readonly items: readonly Item[] } | null>(null);
  const [at, setAt] = useState(0);
  const [focused, setFocused] = useState(false);
  const [missed, setMissed] = useState(false);
  const [left, setLeft] = useState(false);
  const awaited = useRef(false);
  const latest = useRef(props);
  latest.current = props;
  const wanted = typed?.text.trim();
  const open = Boolean(wanted);
  // Picking may move the focus on before the field is drawn without its text.
  const isLeft = left && open;
  const items = open && (focused || missed) ? found?.items : undefined;
  // Matches of what stood there before are still shown, but no key takes them.
  const marked = found?.by === typed ? items?.[at] : undefined;

  const type = (text: string | null) => {
    awaited.current = false;
    setMissed(false);
    setLeft(false);
    setTyped(text === null ? null : { text });
  };
  const pick = (item: Item) => {
    type(null);
    latest.current.onPick(item, document.activeElement === input.current);
  };
  const answer = useRef((_: readonly Item[]) => {});
  answer.current = (arrived) => {
    const exact = arrived.findIndex((item) => props.codeOf(item).toLowerCase() === wanted?.toLowerCase());
    const only = arrived[arrived.length === 1 ? 0 : exact];
    if (awaited.current && only) return pick(only);
    setMissed(awaited.current);
    awaited.current = false;
    setFound({ by: typed, items: arrived });
    setAt(Math.max(exact, 0));
  };

  useEffect(() => {
    const text = typed?.text.trim();
    if (!text) {
      setFound(null);
      return;
    }
    const patience = new AbortController();
    const unlessLate =
      <Value,>(then: (value: Value) => void) =>
      (value: Value) =>
        patience.signal.aborted || then(value);
    const timer = setTimeout(() => {
      latest.current.search(text, patience.signal).then(
        unlessLate((arrived: readonly Item[]) => answer.current(arrived)),
        unlessLate(() => setMissed(true)),
      );
    }, searchAfterMs);
    return () => {
      clearTimeout(timer);
      patience.abort();
    };
  }, [typed]);

  /** Enter or Tab: takes what is marked, or what the answer will bring. */
  const take = () => {
    if (marked) pick(marked);
    else if (found?.by === typed) setMissed(true);
    else {
      // What failed is asked again.
      if (missed) type(typed?.text ?? null);
      awaited.current = true;
    }
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const count = items?.length || 1;
      if (marked) setAt((at + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    } else if (open && event.key === 'Enter') {
      event.preventDefault();
      take();
    } else if (open && event.key === 'Tab' && !event.shiftKey) take();
    else if (event.key === 'Escape' && open) {
      event.preventDefault();
      type(null);
    } else props.onKeyDown?.(event);
  };

  return (
    <>
      <input
        ref={input}
        id={props.inputId}
        className={props.className}
        role="combobox"
        aria-label={props.label}
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={marked ? `${list}-${at}` : undefined}
        aria-invalid={props.invalid || missed || isLeft || undefined}
        data-untaken={open || undefined}
        aria-required={props.required || undefined}
        aria-describedby={props.describedBy ?? (props.invalid ? note : undefined)}
        autoComplete="off"
        spellCheck={false}
        autoFocus={props.autoFocus}
        value={typed?.text ?? props.text}
        onChange={(event) => {
          // A field that had the focus before the page woke told nobody.
          setFocused(true);
          const { value } = event.target;
          // At once: a form that is saved by a key is not left before.
          if (value === '' && props.text) props.onClear?.();
          type(value);
        }}
        onFocus={(event) => {
          setFocused(true);
          event.target.select();
        }}
        onBlur={() => {
          setFocused(false);
          if (!wanted || wanted === props.text) type(null);
          else if (!awaited.current && !missed) setLeft(true);
        }}
        onKeyDown={onKeyDown}
      />
      {items && (
        <div className="pop combo">
          <div role="listbox" id={list} aria-label={props.label}>
            {items.map((item, index) => (
              <div
                key={item.id}
                id={`${list}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={item === marked}
                className="combo-item"
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={() => setAt(index)}
                onClick={() => pick(item)}
              >
                {props.render(item)}
              </div>
            ))}
          </div>
          {(items.length === 0 || missed || isLeft) && (
            <p className="combo-foot" role="status">
              {items.length === 0 ? props.nothing : t('ui.form.chooseMatch')}
            </p>
          )}
        </div>
      )}
    </>
  );
}
