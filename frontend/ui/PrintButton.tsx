'use client';

import { Button } from '#ui/Button.tsx';

export function PrintButton({ label }: { label: string }) {
  return (
    <Button icon="print" className="only-desk" onClick={() => window.print()}>
      {label}
    </Button>
  );
}
