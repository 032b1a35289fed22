import { notFound } from 'next/navigation';
import { CancelTask, RetryTask, TaskDetail } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { DocBody, DocHead, FactGrid, SectionHead } from '#ui/Doc.tsx';
import { Notice } from '#ui/States.tsx';
import { Pill } from '#ui/Status.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { TaskProgressBar } from './TaskProgressBar.tsx';

const tones = { QUEUED: 'draft', RUNNING: 'part', SUCCEEDED: 'paid', FAILED: 'over', CANCELLED: 'void' } as const;

interface Rejected {
  readonly number?: string | number;
  readonly line?: string | number;
  readonly reason?: string;
  readonly message?: string;
}

/** One background task: where it stands, live, and what came of it. */
export default async function TaskPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const { task } = await ask(TaskDetail, { id });
  if (!task) notFound();
  const name = t(`enum.TaskKind.${task.kind}`);
  const unfinished = task.status === 'QUEUED' || task.status === 'RUNNING';
  const result = (task.result ?? {}) as Readonly<Record<string, unknown>>;
  const counts = Object.entries(result).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  const rejected = (Array.isArray(result.rejected) ? result.rejected : []) as readonly Rejected[];

  return (
    <Page crumbs={[{ label: t('nav.tasks'), href: '/tasks' }, { label: name }]}>
      <title>{`${name} · VALEO NeuroERP`}</title>
      <DocHead
        title={name}
        pills={
          <>
            <Pill tone={tones[task.status]}>{t(`enum.TaskStatus.${task.status}`)}</Pill>
            {task.dryRun && (
              <Pill tone="info" plain>
                {t('field.dryRun')}
              </Pill>
            )}
          </>
        }
        meta={<span className="tabn">{format.dateTime(task.createdAt)}</span>}
      >
        {unfinished && (
          <WriteButton
            operation={CancelTask}
            input={{ id }}
            icon="x"
            question={t('task.cancelQuestion')}
            saved={t('task.cancelled')}
            undo={{ operation: RetryTask, input: { id } }}
          >
            {t('task.cancel')}
          </WriteButton>
        )}
        {(task.status === 'FAILED' || task.status === 'CANCELLED') && (
          <WriteButton operation={RetryTask} input={{ id }} icon="retry" kind="primary">
            {t('task.retry')}
          </WriteButton>
        )}
      </DocHead>
      <DocBody sideLabel={name}>
        <TaskProgressBar id={id} live={unfinished} progress={task.progress} message={task.message} label={name} />
        {task.error && <Notice tone="danger" title={task.error} />}
        <FactGrid
          facts={[
            { label: t('field.startedAt'), value: task.startedAt && format.dateTime(task.startedAt) },
            { label: t('field.finishedAt'), value: task.finishedAt && format.dateTime(task.finishedAt) },
            { label: t('task.attempts'), value: format.integer(task.attempts) },
            ...counts.slice(0, 5).map(([key, count]) => ({ label: resultLabel(key, t), value: format.integer(count) })),
          ]}
        />
        {rejected.length > 0 && (
          <section>
            <SectionHead title={t('task.result.rejected')} count={format.integer(rejected.length)} />
            <div className="mini-list" tabIndex={0}>
              <table className="table">
                <tbody>
                  {rejected.slice(0, 500).map((line, at) => (
                    <tr key={`${line.number ?? line.line}-${at}`}>
                      <td className="tabn">{line.number ?? line.line}</td>
                      <td>{line.reason ?? line.message}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        )}
      </DocBody>
    </Page>
  );
}

const resultKeys = ['documents', 'skipped', 'added', 'lines', 'rejected'] as const;

function resultLabel(key: string, t: Awaited<ReturnType<typeof language>>['t']): string {
  const known = resultKeys.find((each) => each === key || `${each}Count` === key);
  return known ? t(`task.result.${known}`) : key;
}
