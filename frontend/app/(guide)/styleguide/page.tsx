import type { ReactNode } from 'react';
import { language } from '#i18n/server.ts';
import type { MessageKey, PlainKey } from '#i18n/translate.ts';
import { Colours, Type } from './Foundations.tsx';
import { Buttons, Fields, Icons, Messages, Overlays, States, Tables } from './Parts.tsx';

type Section = Extract<MessageKey, `guide.${string}.title`> extends `guide.${infer Name}.title` ? Name : never;

const sections: readonly [Section, () => ReactNode | Promise<ReactNode>][] = [
  ['colour', Colours],
  ['type', Type],
  ['buttons', Buttons],
  ['fields', Fields],
  ['states', States],
  ['tables', Tables],
  ['messages', Messages],
  ['overlays', Overlays],
  ['icons', Icons],
];

/** Every part of the app in every state, in the reader's theme, density and language. */
export default async function StyleGuidePage() {
  const { t } = await language();
  return (
    <main id="main" className="page guide-page">
      <header className="page-head">
        <div className="page-title">
          <h1>{t('guide.title')}</h1>
          <span className="page-count">{t('guide.lead')}</span>
        </div>
        <div className="page-actions guide-actions">
          {(
            [
              ['theme', ['light', 'dark', '']],
              ['density', ['compact', '', 'comfortable']],
              ['contrast', ['more', '']],
              ['locale', ['de', 'en']],
            ] as const
          ).map(([name, values]) => (
            <span key={name} className="segment" role="group" aria-label={t(`guide.${name}`)}>
              {values.map((value) => (
                <button type="button" key={value} data-display={`${name}=${value}`}>
                  {t(`guide.${name}.${value || 'auto'}` as PlainKey)}
                </button>
              ))}
            </span>
          ))}
        </div>
      </header>
      <div className="guide">
        <div className="guide-inner">
          {sections.map(([name, Demo]) => (
            <section key={name} id={name}>
              <header>
                <h2>{t(`guide.${name}.title`)}</h2>
                <p>{t(`guide.${name}.text`)}</p>
              </header>
              <div className="demo">
                <Demo />
              </div>
            </section>
          ))}
        </div>
      </div>
    </main>
  );
}
