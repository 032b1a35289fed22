'use client';

import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { Field } from '../Field.tsx';
import { Notice, Progress as ProgressBar } from '../States.tsx';
import { type Failure, type Progress, readAgain, rowsFor, runBulk } from './bulk-run.ts';
import { type BulkAction, hrefOf, type ListDefinition, type Row, valueAt } from './definition.ts';
import type { ListVariables } from './state.ts';
import type { WindowsOf } from './useRowWindows.ts';
import { chosenCount, type Selection } from './useSelection.ts';

const shownFailures = 200;

/** One action for many rows: the question first, then how far it is, and at the end what failed and why. */
export default function BulkDialog({
  action,
  definition,
  variables,
  selection,
  total,
  windowsOf,
  onDone,
  onClose,
}: {
  action: BulkAction;
  definition: ListDefinition;
  variables: ListVariables;
  selection: Selection;
  total: number;
  windowsOf: WindowsOf;
  /** Something was changed. */
  onDone: () => void;
  onClose: () => void;
}) {
  const { t, format } = useLanguage();
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [reason, setReason] = useState('');
  const [progress, setProgress] = useState<Progress | null>(null);
  const [running, setRunning] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const stop = useRef(new AbortController());
  const [chosen] = useState(() => chosenCount(selection, total));

  // What is chosen does not change while the dialog is open.
  useEffect(() => {
    const patience = new AbortController();
    rowsFor(action, selection, definition, variables, windowsOf, patience.signal).then(
      setRows,
      (error) => patience.signal.aborted || setFault(String(error.message ?? error)),
    );
    return () => patience.abort();
  }, []);

  const run = async (targets: readonly Row[]) => {
    stop.current = new AbortController();
    setRunning(true);
    setProgress({ done: 0, total: targets.length, failures: [] });
    const extra = action.reason ? { [action.reason]: reason.trim() } : {};
    setProgress(await runBulk(action, targets, extra, stop.current.signal, setProgress));
    setRunning(false);
    onDone();
  };

  const retry = async () => {
    const failed = failures.map(({ row }) => row);
    setRunning(true);
    await run(action.versioned ? await readAgain(definition, failed) : failed);
  };

  const [one, other] = action.question;
  const failures = progress?.failures ?? [];
  const left = rows ? chosen - rows.length : 0;
  const ready = rows !== null && rows.length > 0 && (!action.reason || reason.trim() !== '');
  const succeeded = (progress?.done ?? 0) - failures.length;
  return (
    <Dialog
      title={
        progress
          ? action.label
          : rows?.length === 1
            ? one
            : other.replace('{count}', rows ? format.integer(rows.length) : '…')
      }
      text={!progress && action.consequence}
      onSubmit={() => !progress && !running && ready && run(rows)}
      onClose={() => {
        stop.current.abort();
        onClose();
      }}
      actions={
        running ? (
          <Button onClick={() => stop.current.abort()}>{t('ui.bulk.stop')}</Button>
        ) : progress ? (
          <>
            {failures.length > 0 && (
              <Button icon="retry" onClick={() => void retry()}>
                {t('ui.bulk.retry', { count: failures.length })}
              </Button>
            )}
            <Button kind="primary" onClick={onClose}>
              {t('ui.done')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{t('ui.bulk.back')}</Button>
            <Button
              kind={action.danger ? 'danger' : 'primary'}
              type="submit"
              disabled={!ready}
              busy={rows === null && fault === null}
            >
              {action.label}
            </Button>
          </>
        )
      }
    >
      {!progress && (
        <>
          {left > 0 && <Notice tone="info" title={t('ui.bulk.leftOut', { count: left })} />}
          {action.reason && (
            <Field
              label={t('ui.bulk.reason')}
              required
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </>
      )}
      {fault !== null && <Notice tone="danger" title={fault} />}
      {progress && (
        <>
          <ProgressBar
            value={(progress.done / Math.max(1, progress.total)) * 100}
            label={action.label}
            tone={failures.length > 0 ? 'warn' : 'ok'}
          />
          <p role="status" className="tabn">
            {running
              ? t('ui.bulk.progress', { done: progress.done, total: progress.total })
              : t('ui.bulk.result', { done: succeeded, total: progress.total })}
          </p>
          {!running && progress.done < progress.total && (
            <Notice tone="warn" title={t('ui.bulk.stopped', { count: progress.total - progress.done })} />
          )}
          {failures.length > 0 && <Failures failures={failures} definition={definition} />}
        </>
      )}
    </Dialog>
  );
}

function Failures({ failures, definition }: { failures: readonly Failure[]; definition: ListDefinition }) {
  const { t } = useLanguage();
  const names = definition.columns.filter(({ kind, card }) => kind === 'link' || card === 'title');
  return (
    <section aria-label={t('ui.bulk.failed', { count: failures.length })}>
      <h3 className="bulk-failed">{t('ui.bulk.failed', { count: failures.length })}</h3>
      <ul className="bulk-failures">
        {failures.slice(0, shownFailures).map(({ row, message }) => {
          const name =
            names
              .map(({ path }) => valueAt(row, path))
              .filter(Boolean)
              .join(' · ') || row.id;
          const href = definition.href && hrefOf(definition.href, row);
          return (
            <li key={row.id}>
              {href ? <a href={href}>{name}</a> : <strong>{name}</strong>}
              <span>{message}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
