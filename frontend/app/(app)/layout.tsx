import type { Metadata, Viewport } from 'next';
import { type ReactNode, Suspense } from 'react';
import { LanguageProvider } from '#i18n/client.tsx';
import { language } from '#i18n/server.ts';
import { browserMessages } from '#i18n/translate.ts';
import { Document } from '#shell/Document.tsx';
import { Frame } from '#shell/Frame.tsx';
import { ShellStatus, StatusPlace } from '#shell/ShellStatus.tsx';
import { viewer } from '#shell/viewer.ts';
// After the common styles, which the document brings: of rules in one layer the later ones win.
import '#styles/app.css';

/** No default: the first title of a document wins, and pages of one record write theirs themselves. */
export const metadata: Metadata = { title: { default: '', template: '%s · VALEO NeuroERP' } };
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  colorScheme: 'light dark',
};

export default async function AppLayout({ children }: { children: ReactNode }) {
  const [{ locale, messages }, who] = await Promise.all([language(), viewer()]);
  return (
    <Document>
      <LanguageProvider locale={locale} messages={browserMessages(messages)}>
        <Frame
          viewer={who}
          status={
            <Suspense fallback={<StatusPlace />}>
              <ShellStatus />
            </Suspense>
          }
        >
          {children}
        </Frame>
      </LanguageProvider>
    </Document>
  );
}
