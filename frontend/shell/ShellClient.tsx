'use client';

import { usePathname } from 'next/navigation';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { OfflineShell } from '#offline/OfflineShell.tsx';
import { noteDeparture } from '#offline/session.ts';
import { late } from '#ui/late.tsx';
import { Toasts, toast } from '#ui/Toast.tsx';
import { whenSettled } from '#ui/when-settled.ts';
import { Navigator } from './Navigator.tsx';
import type { Creation, Place } from './places.ts';
import { forgetVisits, rememberVisit } from './recent.ts';

const loadPalette = () => import('./CommandPalette.tsx');
type PaletteDialog = Awaited<ReturnType<typeof loadPalette>>['default'];
const ShortcutSheet = late(() => import('./ShortcutSheet.tsx'));

/** When it is measured how a visit felt: long after the page has settled. */
const vitalsAfterMs = 5000;
/** When a page that was navigated to has its title. */
const titledAfterMs = 800;

const none: readonly never[] = [];

/** What the frame needs of the browser. Palette and sheet of keys are fetched when someone reaches for them. */
export function ShellClient({
  owner,
  permissions = none,
  creations = none,
  places = none,
}: {
  owner: string;
  permissions?: readonly string[];
  creations?: readonly Creation[];
  places?: readonly Place[];
}) {
  const { t } = useLanguage();
  const path = usePathname();
  const [shown, setShown] = useState<'palette' | 'keys' | null>(null);
  const [Palette, setPalette] = useState<{ readonly Dialog: PaletteDialog } | null>(null);
  const getPalette = useCallback(() => loadPalette().then((module) => setPalette({ Dialog: module.default })), []);
  const openPalette = useCallback(() => {
    setShown('palette');
    if (Palette) return;
    getPalette().catch(() => {
      setShown(null);
      toast({ tone: 'danger', text: t('ui.error.part'), action: { label: t('ui.retry'), run: openPalette } });
    });
  }, [Palette, getPalette, t]);
  const openKeys = useCallback(() => setShown('keys'), []);
  const close = useCallback(() => setShown(null), []);

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const target = event.target as Element;
      if (target.closest('[data-palette]')) openPalette();
      else if (target.closest('[data-keys]')) openKeys();
    };
    const onSubmit = (event: SubmitEvent) => {
      if (!(event.target as HTMLFormElement).action.endsWith('/auth/sign-out')) return;
      forgetVisits();
      noteDeparture();
    };
    document.addEventListener('click', onClick);
    document.addEventListener('submit', onSubmit);
    return () => {
      document.removeEventListener('click', onClick);
      document.removeEventListener('submit', onSubmit);
    };
  }, [openPalette, openKeys]);
  // The palette comes ahead of its key, so that it opens at once.
  useEffect(() => whenSettled(getPalette), [getPalette]);
  useEffect(() => {
    const timer = setTimeout(() => rememberVisit(owner, path, document.title), titledAfterMs);
    return () => clearTimeout(timer);
  }, [owner, path]);

  // Faults that come before it are kept in the head of the document.
  useEffect(() => {
    if (window.earlyFaults) void import('./report-errors.ts').then(({ reportErrors }) => reportErrors());
  }, []);
  // What happened before, the browser remembers.
  useEffect(() => {
    const { pathname } = location;
    return whenSettled(async () => (await import('./report-vitals.ts')).reportVitals(pathname), vitalsAfterMs);
  }, []);

  return (
    <>
      <Navigator openPalette={openPalette} openKeys={openKeys} />
      <Toasts />
      <OfflineShell />
      {/* No Suspense: React would hold it back for a third of a second. */}
      {shown === 'palette' && Palette && (
        <Palette.Dialog
          owner={owner}
          permissions={permissions}
          creations={creations}
          places={places}
          openKeys={openKeys}
          onClose={close}
        />
      )}
      <Suspense>{shown === 'keys' && <ShortcutSheet onClose={close} />}</Suspense>
    </>
  );
}
