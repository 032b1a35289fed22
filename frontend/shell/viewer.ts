import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { Viewer } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';

/** Who is signed in, asked once for a page. Without a session the reader is sent to sign in. */
export const viewer = cache(async () => {
  const { viewer: found } = await ask(Viewer, {});
  if (!found) {
    const path = (await headers()).get('x-path') ?? '/';
    redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  }
  return found;
});
