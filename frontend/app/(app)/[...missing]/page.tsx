import { notFound } from 'next/navigation';

/** Addresses that nothing answers: rendered like any page, inside the frame and with its own nonce. */
export default function MissingPage(): never {
  notFound();
}
