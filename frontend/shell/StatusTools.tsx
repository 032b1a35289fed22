'use client';

import { useEffect, useState } from 'react';
import { ShellStatus, type ShellStatusData, ShellTasks } from '#graphql/_generated/operations.ts';
import { listenWhileVisible, request, subscribe } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '#ui/Icon.tsx';

const gatherMs = 1000;

/** The ring of running tasks and the bell, kept current while the page is looked at. */
export function StatusTools({ initial }: { initial: ShellStatusData | null }) {
  const { t } = useLanguage();
  const [status, setStatus] = useState(initial);
  useEffect(() => setStatus(initial), [initial]);
  const known = initial !== null;

  useEffect(() => {
    if (!known) return;
    let due: ReturnType<typeof setTimeout> | undefined;
    const stop = listenWhileVisible(() =>
      subscribe(ShellTasks, {}, () => {
        due ??= setTimeout(() => {
          due = undefined;
          request(ShellStatus, {}).then(setStatus, () => undefined);
        }, gatherMs);
      }),
    );
    return () => {
      clearTimeout(due);
      stop();
    };
  }, [known]);

  const running = status?.tasks?.edges.map((edge) => edge.node) ?? [];
  const count = status?.tasks?.totalCount ?? 0;
  const unread = status?.notifications?.totalCount ?? 0;
  const done = running.length === 0 ? 0 : running.reduce((sum, task) => sum + task.progress, 0) / running.length;
  const percent = Math.round(done * 100);

  return (
    <>
      {count > 0 && (
        <a className="tool" href="/tasks" aria-label={t('ui.status.tasks', { count, percent })}>
          <svg className="ring" viewBox="0 0 16 16" aria-hidden="true">
            <circle className="ring-track" cx="8" cy="8" r="6" />
            <circle className="ring-bar" cx="8" cy="8" r="6" pathLength="100" strokeDasharray={`${percent} 100`} />
          </svg>
          <span className="tool-text">{t('ui.status.running', { count })}</span>
        </a>
      )}
      <a className="tool" href="/notifications" aria-label={t('ui.status.unread', { count: unread })}>
        <Icon name="bell" />
        {unread > 0 && (
          <span className="tool-badge" aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </a>
    </>
  );
}
