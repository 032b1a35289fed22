'use client';

import { useCallback, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { newIdempotencyKey, request } from './client.ts';
import { GraphFault, type Operation } from './operation.ts';

export interface WriteError {
  readonly code: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Payload {
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly fields?: readonly { readonly path: string; readonly message: string }[] | null;
  } | null;
  /** Of a mutation of many, whose faults name their item. */
  readonly errors?: readonly { readonly code: string; readonly message: string; readonly path: string }[];
}

/**
 * Runs one mutation. The same input sent again is the same write, so a lost answer can be asked for once more; what
 * the user can mend comes back as an error with its fields, faults as well, and nothing is thrown. `attempt` tells the key
 * and what became of the last write at once, for those who go on with it elsewhere.
 */
export function useWrite<Data, Input extends object>(operation: Operation<Data, { input: Input }>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WriteError | null>(null);
  const attempt = useRef({ input: '', key: '', code: '' });
  const { t } = useLanguage();
  const offlineText = t('ui.offline.only');

  const write = useCallback(
    async (input: Input): Promise<Data | null> => {
      const text = JSON.stringify(input);
      if (attempt.current.input !== text) attempt.current = { input: text, key: newIdempotencyKey(), code: '' };
      setBusy(true);
      setError(null);
      try {
        const data = await request(operation, {
          input: operation.keyed ? { ...input, idempotencyKey: attempt.current.key } : input,
        });
        const payload = Object.values(data as Record<string, Payload>)[0];
        const refused = payload?.error ?? payload?.errors?.[0];
        if (!refused) {
          // Done: from now on the same input is a new write.
          attempt.current = { input: '', key: '', code: '' };
          return data;
        }
        attempt.current.code = refused.code;
        const fields = Object.fromEntries(
          (payload?.error?.fields ?? payload?.errors ?? []).map(({ path, message }) => [path, message]),
        );
        setError({ code: refused.code, message: refused.message, fields });
      } catch (fault) {
        const { code, message } = fault instanceof GraphFault ? fault : { code: 'INTERNAL', message: String(fault) };
        attempt.current.code = code;
        setError({ code, message: code === 'OFFLINE' ? offlineText : message, fields: {} });
      } finally {
        setBusy(false);
      }
      return null;
    },
    [operation, offlineText],
  );

  return { write, busy, error, attempt } as const;
}
