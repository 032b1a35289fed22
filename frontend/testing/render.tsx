import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { LanguageProvider } from '#i18n/client.tsx';
import { de } from '#i18n/messages.de.ts';
import { Toasts } from '#ui/Toast.tsx';

/** A component as it stands in the app, in German. */
export const inGerman = (node: ReactNode) => (
  <LanguageProvider locale="de" messages={de}>
    {node}
    <Toasts />
  </LanguageProvider>
);

/** Draws a component in German, with its messages and with toasts, and gives a user to act with. */
export const draw = (node: ReactNode) => ({ user: userEvent.setup(), ...render(inGerman(node)) });

export interface Asked {
  readonly operationName: string;
  readonly variables: Record<string, unknown>;
}

/** `fetch` that answers by operation name and keeps what was asked. */
export function answering(answers: Readonly<Record<string, unknown | ((variables: never) => unknown)>>) {
  const asked: Asked[] = [];
  const fetch = async (_url: unknown, init?: RequestInit) => {
    const body = JSON.parse(String(init?.body)) as Asked;
    asked.push(body);
    const found = answers[body.operationName];
    const data = typeof found === 'function' ? (found as (variables: unknown) => unknown)(body.variables) : found;
    return data === undefined
      ? Response.json({ data: null, errors: [{ message: `no answer for ${body.operationName}` }] })
      : Response.json({ data });
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}
