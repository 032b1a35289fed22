import { notFound } from 'next/navigation';
import { Attachments } from '#attachments/Attachments.tsx';
import { JournalEntryDetail, JournalEntryLive } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { RecordLive } from '#offline/RecordLive.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { Page } from '#shell/Page.tsx';
import { sourceLink } from '#shell/source-link.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { DocBody, DocHead, FactGrid, Facts, SectionHead, SideSection } from '#ui/Doc.tsx';
import { PrintButton } from '#ui/PrintButton.tsx';
import { Pill } from '#ui/Status.tsx';
import { ReversalButton } from '../../reversal/ReversalButton.tsx';

export default async function JournalEntryPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { journalEntry: entry },
    seen,
  } = await askRecord(JournalEntryDetail, { id });
  if (!entry) notFound();
  const zero = (amount: string) => (Number(amount) === 0 ? '' : format.amount(amount));
  const source = sourceLink(entry.source);
  // What a document has caused is taken back with the document, and a reversal not at all.
  const isReversible = ['manual', 'finance.Clearing'].includes(entry.source) && !entry.reversedBy;

  return (
    <Page
      crumbs={[
        { label: t('nav.finance') },
        { label: t('nav.journal'), href: '/finance/journal' },
        { label: entry.number },
      ]}
    >
      <title>{`${entry.number} · VALEO NeuroERP`}</title>
      <RecordLive operation={JournalEntryLive} id={id} seen={seen} />
      <DocHead
        title={entry.number}
        pills={
          <>
            <Pill tone="ok" plain>
              {t('entry.locked')}
            </Pill>
            {entry.reversedBy && <Pill tone="void">{t('entry.reversed')}</Pill>}
          </>
        }
        meta={<span>{entry.text}</span>}
      >
        {source && (
          <a className="btn" href={source}>
            {t('entry.toDocument')}
          </a>
        )}
        <Allowed permission="finance:post">
          <ButtonLink icon="copy" href={`/finance/journal/new?copy=${id}`}>
            {t('entry.copy')}
          </ButtonLink>
          {isReversible && (
            <ReversalButton
              id={id}
              of="entry"
              label={t('entry.reverse')}
              question={t('entry.reverseQuestion', { number: entry.number })}
              text={t('entry.reverseText', { amount: format.money(entry.total.amount) })}
              done={t('entry.isReversed', { number: entry.number })}
            />
          )}
        </Allowed>
        <PrintButton label={t('action.print')} />
      </DocHead>
      <DocBody
        sideLabel={t('entry.proof')}
        side={
          <>
            <SideSection title={t('entry.proof')}>
              <Facts
                facts={[
                  { label: t('field.recordedAt'), value: format.dateTime(entry.recordedAt) },
                  {
                    label: t('entry.reverses'),
                    value: entry.reverses && (
                      <a href={`/finance/journal/${entry.reverses.id}`}>{entry.reverses.number}</a>
                    ),
                  },
                  {
                    label: t('entry.reversedBy'),
                    value: entry.reversedBy && (
                      <a href={`/finance/journal/${entry.reversedBy.id}`}>{entry.reversedBy.number}</a>
                    ),
                  },
                ]}
              />
            </SideSection>
            <SideSection title={t('entry.hash')}>
              <p className="hash">{entry.hash}</p>
              <p className="field-hint">{t('entry.hashText')}</p>
            </SideSection>
            <SideSection title={t('entry.previousHash')}>
              <p className="hash">{entry.previousHash || '–'}</p>
            </SideSection>
          </>
        }
      >
        <FactGrid
          facts={[
            { label: t('field.postedOn'), value: format.date(entry.postedOn) },
            { label: t('field.reference'), value: source ? <a href={source}>{entry.reference}</a> : entry.reference },
            { label: t('field.amount'), value: format.amount(entry.total.amount) },
            { label: t('entry.lines'), value: format.integer(entry.lines.length) },
          ]}
        />
        <section>
          <SectionHead title={t('entry.lines')} count={format.integer(entry.lines.length)} />
          <div className="mini-list" tabIndex={0}>
            <table className="table entry-lines">
              <thead>
                <tr>
                  <th className="num">{t('field.position')}</th>
                  <th>{t('field.account')}</th>
                  <th>{t('field.name')}</th>
                  <th>{t('field.defaultTaxCode')}</th>
                  <th className="num">{t('balance.debitEuro')}</th>
                  <th className="num">{t('balance.creditEuro')}</th>
                </tr>
              </thead>
              <tbody>
                {entry.lines.map((line) => (
                  <tr key={line.position}>
                    <td className="num subtle">{line.position}</td>
                    <td className="tabn">
                      <a href={`/finance/accounts/${line.account.number}`}>{line.account.number}</a>
                    </td>
                    <td>
                      {line.account.name}
                      {line.text && <span className="muted"> · {line.text}</span>}
                    </td>
                    <td className="tabn muted">{line.taxCode}</td>
                    <td className="num">{zero(line.debit.amount)}</td>
                    <td className="num">{zero(line.credit.amount)}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <td />
                  <td colSpan={2}>{t('balance.sum')}</td>
                  <td />
                  <td className="num">{format.amount(entry.total.amount)}</td>
                  <td className="num">{format.amount(entry.total.amount)}</td>
                </tr>
              </tfoot>
            </table>
          </div>
        </section>
        <Attachments record="JOURNAL_ENTRY" id={id} files={entry.attachments} permission="finance:write" />
      </DocBody>
    </Page>
  );
}
