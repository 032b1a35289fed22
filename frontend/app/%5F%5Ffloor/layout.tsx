import type { ReactNode } from 'react';

/** The bare control page: what the framework costs without us. Every size and time is compared with it. */
export default function FloorLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
