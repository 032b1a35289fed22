import type { Viewport } from 'next';
import type { ReactNode } from 'react';
import '#styles/sign-in.css';
import { LanguageProvider } from '#i18n/client.tsx';
import { language } from '#i18n/server.ts';
import { browserMessages } from '#i18n/translate.ts';
import { Document } from '#shell/Document.tsx';
import { Mark } from '#ui/Mark.tsx';

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  colorScheme: 'light dark',
};

/** Net revenue of the demo company's best months, as its control totals have it. */
const ledger = [
  ['2011-11-01', 3462, '1461756.25'],
  ['2011-10-01', 2637, '1070704.67'],
  ['2011-09-01', 2327, '1019687.62'],
  ['2011-08-01', 1737, '682680.51'],
  ['2011-07-01', 1927, '681300.11'],
  ['2011-06-01', 2012, '691123.12'],
  ['2011-05-01', 2162, '723333.51'],
  ['2011-04-01', 1744, '493207.12'],
  ['2011-03-01', 1983, '683267.08'],
  ['2011-02-01', 1393, '498062.65'],
  ['2011-01-01', 1476, '560000.26'],
] as const;

/** Pages without a session. They need no script of ours: forms post, links reload. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  const { t, format, locale, messages } = await language();
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  return (
    <Document>
      <main className="signin">
        <div className="signin-form">
          <a className="brand" href="/sign-in">
            <Mark />
            <span>
              VALEO <span>NeuroERP</span>
            </span>
          </a>
          <LanguageProvider locale={locale} messages={browserMessages(messages)}>
            {children}
          </LanguageProvider>
          <p className="signin-foot">
            <a href="?lang=de" hrefLang="de" lang="de">
              Deutsch
            </a>
            <a href="?lang=en" hrefLang="en" lang="en">
              English
            </a>
          </p>
        </div>
        <aside className="signin-art" aria-hidden="true">
          <div className="ledger">
            {ledger.map(([day, count, amount], at) => (
              <div key={day} className={at === 0 ? 'hl' : undefined}>
                <span>{month.format(Date.parse(day))}</span>
                <span>{t('signIn.documents', { count })}</span>
                <span>{format.money(amount)}</span>
              </div>
            ))}
          </div>
          <p className="signin-claim">{t('signIn.claim')}</p>
          <p className="lead">{t('signIn.pitch')}</p>
        </aside>
      </main>
    </Document>
  );
}
