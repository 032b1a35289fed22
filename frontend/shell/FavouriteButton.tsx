'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { SetPreference } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '#ui/Icon.tsx';
import { toast } from '#ui/Toast.tsx';
import { type Favourite, favouritesMost } from './favourites.ts';

const appName = / · VALEO NeuroERP$/;

/** Puts the page in view, with its filters, among the favourites in the navigation, or takes it out. */
export function FavouriteButton({ favourites }: { favourites: readonly Favourite[] }) {
  const { t } = useLanguage();
  const router = useRouter();
  const path = usePathname();
  const { write, busy, error } = useWrite(SetPreference);
  const [kept, setKept] = useState(favourites);
  useEffect(() => setKept(favourites), [favourites]);
  useEffect(() => {
    if (error) toast({ tone: 'danger', text: error.message });
  }, [error]);
  const found = kept.find(({ href }) => href.split('?')[0] === path);

  const toggle = async () => {
    const now = { href: path + location.search, title: document.title.replace(appName, '') };
    const next = found ? kept.filter((each) => each !== found) : [...kept, now].slice(-favouritesMost);
    setKept(next);
    const done = await write({ key: 'favourites', value: next });
    if (done) router.refresh();
    else setKept(kept);
  };
  return (
    <button
      type="button"
      className="tool only-desk favourite"
      aria-pressed={Boolean(found)}
      aria-label={t('ui.favourite.toggle')}
      title={t('ui.favourite.toggle')}
      disabled={busy}
      onClick={toggle}
    >
      <Icon name="star" />
    </button>
  );
}
