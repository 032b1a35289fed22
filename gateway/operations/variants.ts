import { LRUCache } from 'lru-cache';
import type { Executable } from './executable.ts';
import { compiledBytes } from './memory.ts';

/** Operations as callers with fewer rights may run them, of one graph. */
export interface Variants {
  /**
   * The variant that a key stands for, at once if it is compiled.
   * @param characters of the operation it is made from.
   */
  get(key: string, characters: () => number, compile: () => Promise<Executable>): Executable | Promise<Executable>;
}

/** Memory for variants of all operations together: each of a stranger's operations can have as many as there are roles. */
const keptBytes = 64 * 1024 * 1024;

export function createVariants(maxSize = keptBytes): Variants {
  const kept = new LRUCache<string, Executable | Promise<Executable>>({ maxSize });
  return {
    get(key, characters, compile) {
      const known = kept.get(key);
      if (known) return known;
      const variant = compile();
      const size = compiledBytes(characters());
      kept.set(key, variant, { size });
      variant.then(
        (compiled) => kept.set(key, compiled, { size }),
        () => kept.delete(key),
      );
      return variant;
    },
  };
}
