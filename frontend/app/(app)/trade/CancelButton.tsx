'use client';

import { Suspense, useState } from 'react';
import { Button } from '#ui/Button.tsx';
import { late } from '#ui/late.tsx';
import type { Cancelling } from './CancelDialog.tsx';

const CancelDialog = late(() => import('./CancelDialog.tsx'));

/** Asks for the reason before a document is taken back. */
export function CancelButton(props: Cancelling) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="sm" icon="undo" onClick={() => setAsking(true)}>
        {props.action}
      </Button>
      {asking && (
        <Suspense>
          <CancelDialog {...props} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
