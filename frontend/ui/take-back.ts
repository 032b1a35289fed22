import { newIdempotencyKey, request } from '#graphql/client.ts';
import { GraphFault, type Operation } from '#graphql/operation.ts';
import type { Translate } from '#i18n/translate.ts';
import { toast } from './Toast.tsx';

/** The write that takes another one back. */
export interface Undo {
  readonly operation: Operation<unknown, { input: object }>;
  readonly input: object;
}

/** Takes a write back and tells whether that worked, wherever its reader is by then. */
export async function takeBack({ operation, input }: Undo, t: Translate, done: () => void): Promise<void> {
  const given = operation.keyed ? { ...input, idempotencyKey: newIdempotencyKey() } : input;
  const failure = await request(operation, { input: given }).then(
    (data) => Object.values(data as Record<string, { error?: { message: string } | null }>)[0]?.error?.message,
    (fault: unknown) =>
      fault instanceof GraphFault && fault.code === 'OFFLINE' ? t('ui.offline.only') : (fault as Error).message,
  );
  toast({ tone: failure ? 'danger' : 'ok', text: failure ?? t('ui.undone') });
  done();
}
