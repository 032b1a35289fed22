'use client';

import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { OfflineShell } from '#offline/OfflineShell.tsx';
import { Toasts } from '#ui/Toast.tsx';
import { Navigator } from './Navigator.tsx';
import { reportErrors } from './report-errors.ts';

const CommandPalette = lazy(() => import('./CommandPalette.tsx'));

/** What the frame needs of the browser. The palette is fetched when someone reaches for it. */
export function ShellClient() {
  const [palette, setPalette] = useState(false);
  const open = useCallback(() => setPalette(true), []);
  const close = useCallback(() => setPalette(false), []);

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if ((event.target as Element).closest('[data-palette]')) open();
    };
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, [open]);

  useEffect(reportErrors, []);

  return (
    <>
      <Navigator openPalette={open} />
      <Toasts />
      <OfflineShell />
      {palette && (
        <Suspense>
          <CommandPalette onClose={close} />
        </Suspense>
      )}
    </>
  );
}
