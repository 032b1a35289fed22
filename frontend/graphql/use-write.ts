'use client';

import { useCallback, useRef, useState } from 'react';
import { newIdempotencyKey, request } from './client.ts';
import { GraphFault, type Operation } from './operation.ts';

export interface WriteError {
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Payload {
  readonly error?: {
    readonly message: string;
    readonly fields?: readonly { readonly path: string; readonly message: string }[] | null;
  } | null;
}

/**
 * Runs one mutation. The same input sent again is the same write, so a lost answer can be asked for once more; what
 * the user can mend comes back as an error with its fields, faults as well, and nothing is thrown.
 */
export function useWrite<Data, Input extends object>(operation: Operation<Data, { input: Input }>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WriteError | null>(null);
  const attempt = useRef({ input: '', key: '' });

  const write = useCallback(
    async (input: Input): Promise<Data | null> => {
      const text = JSON.stringify(input);
      if (attempt.current.input !== text) attempt.current = { input: text, key: newIdempotencyKey() };
      setBusy(true);
      setError(null);
      try {
        const data = await request(operation, {
          input: operation.keyed ? { ...input, idempotencyKey: attempt.current.key } : input,
        });
        const payload = Object.values(data as Record<string, Payload>)[0];
        if (!payload?.error) {
          // Done: from now on the same input is a new write.
          attempt.current = { input: '', key: '' };
          return data;
        }
        const fields = Object.fromEntries((payload.error.fields ?? []).map(({ path, message }) => [path, message]));
        setError({ message: payload.error.message, fields });
      } catch (fault) {
        setError({ message: fault instanceof GraphFault ? fault.message : String(fault), fields: {} });
      } finally {
        setBusy(false);
      }
      return null;
    },
    [operation],
  );

  return { write, busy, error } as const;
}
