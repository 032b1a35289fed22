import '#testing/next.ts';
import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { draw } from '#testing/render.tsx';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { Field } from './Field.tsx';

const sent: string[] = [];

function Asking() {
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <Dialog
      title="RE-1 stornieren?"
      text="Der Betrag wird gutgeschrieben."
      onClose={() => undefined}
      onSubmit={() => (reason ? sent.push(reason) : setWrong(true))}
      actions={<Button type="submit">Stornieren</Button>}
    >
      <Field label="Tag" defaultValue="heute" />
      <Field
        label="Grund"
        value={reason}
        error={wrong ? 'Bitte ausfüllen.' : null}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}

test('a dialog is read out with the sentence that explains it', () => {
  draw(<Asking />);
  const dialog = screen.getByRole('dialog', { name: 'RE-1 stornieren?' });
  const explained = dialog.getAttribute('aria-describedby') as string;
  expect(document.getElementById(explained)?.textContent).toBe('Der Betrag wird gutgeschrieben.');
});

test('Enter in a field does the deed, and what is missing gets the focus', async () => {
  const { user } = draw(<Asking />);
  await user.click(screen.getByLabelText('Tag'));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Grund')));
  expect(sent).toEqual([]);
  await user.keyboard('Doppelt{Enter}');
  expect(sent).toEqual(['Doppelt']);
});
