import { language } from '#i18n/server.ts';
import { pageTitle } from '#shell/title.ts';
import { millionRows } from './definition.ts';
import { MillionRows } from './MillionRows.tsx';

export const generateMetadata = pageTitle('guide.million');

/** The table at its limits: what a list feels like with a million rows and thirty columns. */
export default async function StyleGuideListPage() {
  const { t } = await language();
  return (
    <main id="main" className="page guide-page">
      <MillionRows definition={millionRows(t)} />
    </main>
  );
}
