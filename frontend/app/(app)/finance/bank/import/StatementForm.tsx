'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { ImportBankStatement, type ImportBankStatementData } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';

type Found = ImportBankStatementData['importBankStatement'];

/** Reads a bank statement: first what is in it and what of it is new, then, on request, takes it over. */
export function StatementForm() {
  const { t, format } = useLanguage();
  const router = useRouter();
  const [xml, setXml] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [acceptUnbalanced, setAccepted] = useState(false);
  const { write, busy, error, attempt } = useWrite(ImportBankStatement);

  const look = async (text: string, accepted: boolean) => {
    setFound(null);
    if (text === '') return;
    const data = await write({ xml: text, acceptUnbalanced: accepted, dryRun: true });
    setFound(data?.importBankStatement ?? null);
  };
  const choose = async (file: File | undefined) => {
    const text = (await file?.text()) ?? '';
    setXml(text);
    setAccepted(false);
    await look(text, false);
  };
  const takeOver = async (event: FormEvent) => {
    event.preventDefault();
    const data = await write({ xml, acceptUnbalanced, dryRun: false });
    if (!data) return;
    toast({ tone: 'ok', text: t('ui.bank.imported', { count: data.importBankStatement.added ?? 0 }) });
    router.push('/finance/bank');
    router.refresh();
  };
  const isUnbalanced = error !== null && attempt.current.code === 'STATEMENT_UNBALANCED';

  return (
    <form className="record-form" onSubmit={takeOver}>
      {error && <Notice tone="danger" title={error.message} />}
      <Field
        label={t('ui.bank.file')}
        type="file"
        accept=".xml,.camt,application/xml,text/xml"
        required
        hint={t('ui.bank.hint')}
        onChange={(event) => void choose(event.target.files?.[0])}
      />
      {(isUnbalanced || acceptUnbalanced) && (
        <label className="choice">
          <input
            className="check"
            type="checkbox"
            checked={acceptUnbalanced}
            onChange={() => {
              setAccepted(!acceptUnbalanced);
              void look(xml, !acceptUnbalanced);
            }}
          />
          {t('ui.bank.acceptUnbalanced')}
        </label>
      )}
      {found?.statements && (
        <div className="mini-list" tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th>{t('ui.bank.statement')}</th>
                <th>{t('ui.bank.account')}</th>
                <th className="num">{t('ui.bank.entries')}</th>
                <th className="num">{t('ui.bank.opening')}</th>
                <th className="num">{t('ui.bank.closing')}</th>
              </tr>
            </thead>
            <tbody>
              {found.statements.map((statement) => (
                <tr key={statement.id}>
                  <td>{statement.id}</td>
                  <td className="tabn">{statement.bankAccount}</td>
                  <td className="num">{format.integer(statement.entries)}</td>
                  <td className="num">{statement.opening ? format.amount(statement.opening) : '–'}</td>
                  <td className="num">{statement.closing ? format.amount(statement.closing) : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="muted">{t('ui.bank.preview', { added: found.added ?? 0, skipped: found.skipped ?? 0 })}</p>
        </div>
      )}
      <div className="record-actions">
        <Button type="submit" kind="primary" icon="download" busy={busy} disabled={!found?.added}>
          {t('ui.bank.takeOver')}
        </Button>
      </div>
    </form>
  );
}
