import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { Viewer } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';

/**
 * Who is signed in, asked once for a page. Without a session the reader is sent to sign in; while nobody can tell who that is, the
 * session is none the worse, and signing in would not help.
 */
export const viewer = cache(async () => {
  const { viewer: found } = (await askRecord(Viewer, {})).data;
  if (!found) {
    const path = (await headers()).get('x-path') ?? '/';
    redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  }
  return found;
});
