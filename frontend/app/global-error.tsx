'use client';

import { useEffect } from 'react';
import { noteFault } from '#shell/note-fault.ts';

/** The frame itself failed: nothing of it can be relied on, not even its language, so this page brings what it needs. */
export default function FrameError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useEffect(() => noteFault(error), [error]);
  const isGerman = typeof navigator === 'undefined' || navigator.language.startsWith('de');
  const words = isGerman
    ? ['Das hat nicht geklappt', 'Was schon gespeichert war, ist sicher.', 'Noch einmal']
    : ['Something went wrong', 'What was saved already is safe.', 'Try again'];
  return (
    <html lang={isGerman ? 'de' : 'en'}>
      <body style={{ font: '16px/1.5 system-ui, sans-serif', padding: '12vh 24px', maxWidth: '30em', margin: 'auto' }}>
        <title>{`${words[0]} · VALEO NeuroERP`}</title>
        <main role="alert">
          <h1>{words[0]}</h1>
          <p>{words[1]}</p>
          <button type="button" onClick={reset} style={{ font: 'inherit', padding: '10px 18px' }}>
            {words[2]}
          </button>
          {error.digest && <p style={{ opacity: 0.7 }}>{error.digest}</p>}
        </main>
      </body>
    </html>
  );
}
