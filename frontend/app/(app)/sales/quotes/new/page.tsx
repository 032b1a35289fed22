import { language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { pageTitle } from '#shell/title.ts';
import { linkedPartner } from '../../../trade/form/linked-partner.ts';
import { TradeFormPage } from '../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../trade/form/trade-draft.ts';

export const generateMetadata = pageTitle('action.newQuote');

export default async function NewPage({ searchParams }: { searchParams: Promise<{ customer?: string }> }) {
  const [{ t }, { customer }] = await Promise.all([language(), searchParams]);
  return (
    <TradeFormPage
      kind="quote"
      crumbs={[{ label: t('nav.sales') }, { label: t('nav.quotes'), href: '/sales/quotes' }, { label: t('crumb.new') }]}
      title={t('action.newQuote')}
      initial={emptyDraft({ quotedOn: today(), partner: await linkedPartner(customer) })}
    />
  );
}
