import { LRUCache } from 'lru-cache';
import type { Reader } from './versions.ts';

/** Questions asked often of late, and how they are answered anew. */
interface Question {
  hits: number;
  readonly tenantId: string;
  answer: () => Promise<void>;
}

const questionsMax = 500;
/** A question that nobody asked for so long is not hot any more. */
const hotMs = 30_000;
/** From so many hits on it pays to have the answer ready. */
const hitsMin = 3;
/** Waits for the end of a crowd of changes, and rests between two rounds. */
const quietMs = 100;
const roundMax = 20;
const restMs = 1_000;

export interface Hot {
  /** A kept answer was given. */
  asked(key: string, reader: Reader, answer: () => Promise<void>): void;
  /** Data of a company changed: its hottest questions are answered anew before somebody waits for them. */
  changed(tenantId: string): void;
  close(): void;
}

/** Keeps hot answers warm through changes, one at a time, so that it never costs more than one connection. */
export function createHot(): Hot {
  const questions = new LRUCache<string, Question>({ max: questionsMax, ttl: hotMs, updateAgeOnGet: true });
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  async function round(): Promise<void> {
    const companies = new Set(changed);
    changed.clear();
    const hottest = [...questions.values()]
      .filter(({ hits, tenantId }) => hits >= hitsMin && companies.has(tenantId))
      .sort((a, b) => b.hits - a.hits)
      .slice(0, roundMax);
    for (const question of hottest) await question.answer().catch(() => {});
    for (const question of questions.values()) question.hits /= 2;
  }

  function plan(ms: number): void {
    timer = setTimeout(() => {
      void round().finally(() => {
        timer = undefined;
        if (changed.size > 0) plan(restMs);
      });
    }, ms);
    timer.unref();
  }

  return {
    asked(key, { tenantId }, answer) {
      const known = questions.get(key);
      if (known) {
        known.hits++;
        known.answer = answer;
      } else questions.set(key, { hits: 1, tenantId, answer });
    },
    changed(tenantId) {
      changed.add(tenantId);
      if (timer === undefined) plan(quietMs);
    },
    close: () => clearTimeout(timer),
  };
}
