import { replay, type Send } from './replay.ts';
import { sendWrite } from './send.ts';
import { outboxOf } from './store.ts';

/** Sends what waits, one at a time however many tabs and workers there are. Answers why it stopped, if it had to. */
export const replayAlone = (owner: string, send: Send = sendWrite): Promise<string | null> =>
  navigator.locks.request('valeo-outbox', () => replay(outboxOf(owner), send));
