import { language } from '#i18n/server.ts';
import { millionRows } from './definition.ts';
import { MillionRows } from './MillionRows.tsx';

/** The table at its limits: what a list feels like with a million rows and thirty columns. */
export default async function StyleGuideListPage() {
  const { t } = await language();
  return (
    <main id="main" className="page guide-page">
      <MillionRows definition={millionRows(t)} />
    </main>
  );
}
