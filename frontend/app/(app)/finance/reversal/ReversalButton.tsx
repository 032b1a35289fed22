'use client';

import { Suspense, useState } from 'react';
import { Button } from '#ui/Button.tsx';
import { late } from '#ui/late.tsx';
import type { ReversalProps } from './ReversalDialog.tsx';

const ReversalDialog = late(() => import('./ReversalDialog.tsx'));

/** Offers to take a posting back by the one that mirrors it. */
export function ReversalButton(props: Omit<ReversalProps, 'onClose'>) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button icon="undo" onClick={() => setAsking(true)}>
        {props.label}
      </Button>
      <Suspense>{asking && <ReversalDialog {...props} onClose={() => setAsking(false)} />}</Suspense>
    </>
  );
}
