import localFont from 'next/font/local';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import '#styles/common.css';
import { language } from '#i18n/server.ts';
import { Sprite } from '#ui/Sprite.tsx';
import { keepEarlyKeys } from './early-keys.ts';

const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
  // Text never moves: where the font does not come with the first paint, it is there from the next document on.
  display: 'optional',
});

/** Keeps faults of the time before the app listens for them; see `report-errors.ts`. */
const keepEarlyFaults = `earlyFaults=[];addEventListener('error',function(e){earlyFaults&&earlyFaults.push(e.error||e.message)});addEventListener('unhandledrejection',function(e){earlyFaults&&earlyFaults.push(e.reason)})`;

/** Draws by lot whether this visit tells how it felt. */
const isMeasured = (): boolean => Math.random() * 100 < Number(process.env.WEB_VITALS_PERCENT || 100);

/** The nonce of this response, from the policy that its proxy has put onto the request. */
const nonce = async (): Promise<string | undefined> =>
  /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1];

/** The document of every route group: language and display stand in the first byte, so nothing flashes. */
export async function Document({ children }: { children: ReactNode }) {
  const { locale, display } = await language();
  return (
    <html
      lang={locale}
      className={inter.variable}
      data-theme={display.theme ?? undefined}
      data-contrast={display.contrast ?? undefined}
      data-density={display.density ?? undefined}
      data-nav={display.nav ?? undefined}
      suppressHydrationWarning
    >
      <head>
        {process.env.SENTRY_DSN && (
          <>
            <meta name="sentry-dsn" content={process.env.SENTRY_DSN} />
            <meta name="release" content={process.env.WEB_RELEASE} />
          </>
        )}
        <script
          nonce={await nonce()}
          // Browsers hide the nonce of what stands in the page.
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: keepEarlyKeys + (process.env.SENTRY_DSN ? keepEarlyFaults : '') }}
        />
        {isMeasured() && <meta name="web-vitals" />}
      </head>
      <body>
        <Sprite />
        {children}
      </body>
    </html>
  );
}
