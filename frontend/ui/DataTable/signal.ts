import { useSyncExternalStore } from 'react';

/** A value that changes too often to be state of a large component: only the leaves that show it are drawn again. */
export interface Signal<Value> {
  readonly value: Value;
  set(next: Value): void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function signal<Value>(first: Value): Signal<Value> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get value() {
      return value;
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useSignal<Value>(source: Signal<Value>): Value {
  return useSyncExternalStore(
    source.subscribe,
    () => source.value,
    () => source.value,
  );
}
