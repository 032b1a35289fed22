import { replay } from './replay.ts';
import { sendWrite } from './send.ts';
import { outboxOf } from './store.ts';

/** Sends what waits, one at a time however many tabs and workers there are. Answers why it stopped, if it had to. */
export function replayAlone(owner: string): Promise<string | null> {
  const run = () => replay(outboxOf(owner), sendWrite);
  return navigator.locks ? navigator.locks.request('valeo-outbox', run) : run();
}
