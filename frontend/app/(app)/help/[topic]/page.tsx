import { marked } from 'marked';
import { notFound } from 'next/navigation';
import { guideIn } from '#guide/guide.ts';
import { topics } from '#guide/topics.ts';
import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';

/** A chapter of the guide, beside the others. */
export default async function ChapterPage({ params }: { params: Promise<{ topic: string }> }) {
  const [{ t, locale }, { topic }] = await Promise.all([language(), params]);
  const found = topics.find(({ name }) => name === topic);
  if (!found) notFound();
  const guide = guideIn(locale);
  const { title, lead, text } = guide[found.name];
  return (
    <Page crumbs={[{ label: t('nav.help'), href: '/help' }, { label: title }]}>
      <title>{`${title} · VALEO NeuroERP`}</title>
      <div className="chapter">
        <nav aria-label={t('nav.help')}>
          <ul>
            {topics.map(({ name }) => (
              <li key={name}>
                <a href={`/help/${name}`} aria-current={name === found.name ? 'page' : undefined}>
                  {guide[name].title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <article>
          <h1>{title}</h1>
          <p className="lead">{lead}</p>
          {/* Our own text, written in the code. */}
          <div className="prose" dangerouslySetInnerHTML={{ __html: marked.parse(text, { async: false }) }} />
        </article>
      </div>
    </Page>
  );
}
