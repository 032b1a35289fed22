import { notFound } from 'next/navigation';
import { AccountByNumber, AccountSheet, FirstMonth } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Allowed } from '#shell/Allowed.tsx';
import { Page } from '#shell/Page.tsx';
import { ButtonLink } from '#ui/Button.tsx';
import { DocHead, FactGrid } from '#ui/Doc.tsx';
import { PrintButton } from '#ui/PrintButton.tsx';
import { Pill } from '#ui/Status.tsx';
import { YearFilter } from '../../YearFilter.tsx';
import { monthsOf, yearToShow } from '../../year.ts';
import { SheetTable } from './SheetTable.tsx';
import { linesPerPage, type SheetQuery, sideOf, spanOf } from './sheet.ts';

/** The sheet of one account: what it began with, every line that moved it, and what that left. */
export default async function AccountSheetPage({
  params,
  searchParams,
}: {
  params: Promise<{ number: string }>;
  searchParams: Promise<SheetQuery>;
}) {
  const [{ t, format }, { number }, query] = await Promise.all([language(), params, searchParams]);
  const { ledgerAccounts, fiscalYears, itsYears } = await ask(AccountByNumber, { number });
  const account = ledgerAccounts?.edges[0]?.node;
  if (!account) notFound();
  const year = yearToShow(query.year, itsYears.length > 0 ? itsYears : fiscalYears);
  const { accountingPeriods } = await ask(FirstMonth, { fiscalYear: year });
  const months = monthsOf(year, accountingPeriods[0]?.month ?? 1);
  const span = spanOf(months, query.month);
  const page = Math.max(1, Math.trunc(Number(query.page)) || 1);
  const at = (page - 1) * linesPerPage;
  const { accountSheet: sheet } = await ask(AccountSheet, { account: number, ...span, first: linesPerPage, at });
  if (!sheet) notFound();
  const title = `${number} ${account.name}`;
  const path = `/finance/accounts/${number}`;
  const balance = (value: string) => {
    const { amount, side } = sideOf(value);
    return side ? `${format.amount(amount)} ${t(`sheet.${side}`)}` : format.amount(amount);
  };
  const pageLink = (to: number) =>
    `${path}?${new URLSearchParams({ year: String(year), ...(query.month && { month: query.month }), page: String(to) })}`;

  return (
    <Page
      permission="finance:read"
      crumbs={[{ label: t('nav.finance') }, { label: t('nav.accounts'), href: '/finance/accounts' }, { label: number }]}
    >
      <title>{`${title} · VALEO NeuroERP`}</title>
      <DocHead
        title={title}
        pills={!account.active && <Pill tone="void">{t('account.inactive')}</Pill>}
        meta={
          <>
            <span>{t(`enum.LedgerAccountKind.${account.kind}`)}</span>
            <span className="tabn">
              {t('sheet.span', { from: format.date(span.from), to: format.date(span.through) })}
            </span>
          </>
        }
      >
        {account.partner && (
          <ButtonLink icon="users" href={`/crm/partners/${account.partner.id}`}>
            {t('sheet.partner')}
          </ButtonLink>
        )}
        {account.kind !== 'CONTROL' && (
          <ButtonLink
            icon="book"
            href={`/finance/journal?f=account:eq:${number}&f=postedOn:gte:${span.from}&f=postedOn:lte:${span.through}`}
          >
            {t('sheet.journal')}
          </ButtonLink>
        )}
        <PrintButton label={t('action.print')} />
        <Allowed permission="finance:write">
          <ButtonLink icon="pencil" shortcut="E" href={`/finance/accounts/${account.id}/edit`}>
            {t('action.edit')}
          </ButtonLink>
        </Allowed>
      </DocHead>
      <YearFilter
        action={path}
        year={year}
        withEntries={fiscalYears}
        month={{
          label: t('period.month'),
          value: query.month ?? '',
          options: [
            { value: '', name: t('sheet.wholeYear') },
            ...months.map((month) => ({ value: month, name: format.month(`${month}-01`) })),
          ],
        }}
      />
      <div className="form-page sheet">
        <FactGrid
          facts={[
            { label: t('sheet.opening'), value: balance(sheet.opening) },
            { label: t('balance.debitEuro'), value: format.amount(sheet.debit) },
            { label: t('balance.creditEuro'), value: format.amount(sheet.credit) },
            { label: t('sheet.closing'), value: <strong>{balance(sheet.closing)}</strong> },
          ]}
        />
        <SheetTable sheet={sheet} balance={balance} />
        {sheet.totalCount > linesPerPage && (
          <nav className="sheet-pages" aria-label={t('sheet.pages')}>
            {page > 1 && (
              <ButtonLink size="sm" icon="left" href={pageLink(page - 1)}>
                {t('sheet.before')}
              </ButtonLink>
            )}
            <span className="muted tabn">
              {t('sheet.range', {
                from: format.integer(at + 1),
                to: format.integer(at + sheet.lines.length),
                total: format.integer(sheet.totalCount),
              })}
            </span>
            {at + sheet.lines.length < sheet.totalCount && (
              <ButtonLink size="sm" icon="right" href={pageLink(page + 1)}>
                {t('sheet.after')}
              </ButtonLink>
            )}
          </nav>
        )}
      </div>
    </Page>
  );
}
