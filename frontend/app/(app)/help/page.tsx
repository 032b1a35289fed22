import { guideIn } from '#guide/guide.ts';
import { topics } from '#guide/topics.ts';
import { language } from '#i18n/server.ts';
import { Page, PageHead } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { Icon } from '#ui/Icon.tsx';

export const generateMetadata = pageTitle('nav.help');

/** The guide for users: its chapters. */
export default async function HelpPage() {
  const { t, locale } = await language();
  const guide = guideIn(locale);
  return (
    <Page crumbs={[{ label: t('nav.help') }]}>
      <PageHead title={t('nav.help')} />
      <nav className="chapters" aria-label={t('nav.help')}>
        {topics.map(({ name, icon }) => (
          <a key={name} href={`/help/${name}`}>
            <Icon name={icon} />
            <strong>{guide[name].title}</strong>
            <small>{guide[name].lead}</small>
          </a>
        ))}
      </nav>
    </Page>
  );
}
