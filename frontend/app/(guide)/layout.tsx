import type { Viewport } from 'next';
import type { ReactNode } from 'react';
import { LanguageProvider } from '#i18n/client.tsx';
import { language } from '#i18n/server.ts';
import { browserMessages } from '#i18n/translate.ts';
import { Document } from '#shell/Document.tsx';
import { ShellClient } from '#shell/ShellClient.tsx';
import { pageTitle } from '#shell/title.ts';
import '#styles/guide.css';
import '#styles/app.css';

export const generateMetadata = pageTitle('guide.title');
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  colorScheme: 'light dark',
};

/** The style guide needs no session: whoever builds on the app can look at its parts. */
export default async function GuideLayout({ children }: { children: ReactNode }) {
  const { locale, messages } = await language();
  return (
    <Document>
      <LanguageProvider locale={locale} messages={browserMessages(messages)}>
        {children}
        <ShellClient owner="guide" />
      </LanguageProvider>
    </Document>
  );
}
