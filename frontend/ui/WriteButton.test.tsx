import '#testing/next.ts';
import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { LanguageProvider } from '#i18n/client.tsx';
import { de } from '#i18n/messages.de.ts';
import { answering, draw } from '#testing/render.tsx';
import { WriteButton } from './WriteButton.tsx';

test('what a button did is taken back by the write it names, and a refusal of that is told', async () => {
  let refused = false;
  const server = answering({
    CancelThing: { cancelThing: { error: null } },
    RetryThing: () => ({ retryThing: { error: refused ? { code: 'RUNNING', message: 'Läuft schon.' } : null } }),
  } as never);
  vi.stubGlobal('fetch', server.fetch);
  const operation = (name: string) => ({ id: name, name, writes: true as const });
  const { user } = draw(
    <LanguageProvider locale="de" messages={de}>
      <WriteButton
        operation={operation('CancelThing')}
        input={{ id: 't-1' }}
        saved="Abgebrochen"
        undo={{ operation: operation('RetryThing'), input: { id: 't-1' } }}
      >
        Abbrechen
      </WriteButton>
    </LanguageProvider>,
  );
  const cancelAndTakeBack = async () => {
    await user.click(screen.getByRole('button', { name: 'Abbrechen' }));
    const [latest] = (await screen.findAllByRole('button', { name: 'Rückgängig' })).reverse();
    await user.click(latest as HTMLElement);
  };
  await cancelAndTakeBack();
  expect(await screen.findByText('Rückgängig gemacht')).toBeTruthy();
  expect(server.asked.map((each) => each.operationName)).toEqual(['CancelThing', 'RetryThing']);
  refused = true;
  await cancelAndTakeBack();
  await waitFor(() => expect(screen.getByText('Läuft schon.')).toBeTruthy());
});
