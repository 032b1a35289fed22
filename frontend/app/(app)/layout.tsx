import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { LanguageProvider } from '#i18n/client.tsx';
import { language } from '#i18n/server.ts';
import { browserMessages } from '#i18n/translate.ts';
import { Document } from '#shell/Document.tsx';
import { Frame } from '#shell/Frame.tsx';

export const metadata: Metadata = { title: { default: 'VALEO NeuroERP', template: '%s · VALEO NeuroERP' } };
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  colorScheme: 'light dark',
};

export default async function AppLayout({ children }: { children: ReactNode }) {
  const { locale, messages } = await language();
  return (
    <Document>
      <LanguageProvider locale={locale} messages={browserMessages(messages)}>
        <Frame viewer={{ email: 'demo@valeo.example', company: { name: 'Elbwarder Handel GmbH' } }}>{children}</Frame>
      </LanguageProvider>
    </Document>
  );
}
