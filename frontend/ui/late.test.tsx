import { screen } from '@testing-library/react';
import { Suspense, useState } from 'react';
import { expect, test, vi } from 'vitest';
import { draw } from '#testing/render.tsx';
import { late } from './late.tsx';

const quiet = () => vi.spyOn(console, 'error').mockImplementation(() => undefined);

test('a part that does not come says so, leaves the rest alone and is fetched anew', async () => {
  const log = quiet();
  const load = vi
    .fn<() => Promise<{ default: () => React.ReactNode }>>()
    .mockRejectedValueOnce(new Error('Loading chunk 7 failed'))
    .mockResolvedValue({ default: () => <p>Da</p> });
  const Part = late(load);
  const { user } = draw(
    <>
      <button type="button">Rest</button>
      <Suspense>
        <Part />
      </Suspense>
    </>,
  );
  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Rest' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Jetzt versuchen' }));
  expect(await screen.findByText('Da')).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(2);
  log.mockRestore();
});

test('a part that breaks later is told of and comes back', async () => {
  const log = quiet();
  const told = vi.fn();
  addEventListener('valeo-fault', told);
  let broken = true;
  const Part = late(async () => ({
    default: function Fragile() {
      const [hit, setHit] = useState(false);
      if (hit && broken) throw new Error('broken');
      return (
        <button type="button" onClick={() => setHit(true)}>
          Los
        </button>
      );
    },
  }));
  const { user } = draw(
    <Suspense>
      <Part />
    </Suspense>,
  );
  await user.click(await screen.findByRole('button', { name: 'Los' }));
  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(told).toHaveBeenCalledOnce();
  broken = false;
  await user.click(screen.getByRole('button', { name: 'Jetzt versuchen' }));
  expect(await screen.findByRole('button', { name: 'Los' })).toBeTruthy();
  log.mockRestore();
});
