import { notFound, redirect } from 'next/navigation';
import { formAddress, withQuery } from './form-address.ts';

/**
 * For the form of a record that is gone or can no longer be changed: a draft of it goes on as a new one, and who comes without a
 * draft sees the record as it is.
 */
export function leftBehind(form: string, id: string, draft: string | undefined, isThere: boolean): never {
  const { create, edit } = formAddress(form);
  if (draft && create) redirect(withQuery(create, 'draft', draft));
  if (!isThere) notFound();
  redirect(edit(id).replace(/\/edit$/, ''));
}
