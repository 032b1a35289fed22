'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { TaskProgress } from '#graphql/_generated/operations.ts';
import { subscribe } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Progress } from '#ui/States.tsx';

/** Follows a task while it runs; when it ends, the page shows what came of it. */
export function TaskProgressBar({
  id,
  live,
  progress,
  message,
  label,
}: {
  id: string;
  live: boolean;
  progress: number;
  message: string | null;
  label: string;
}) {
  const { format } = useLanguage();
  const router = useRouter();
  const [now, setNow] = useState({ progress, message });
  useEffect(() => setNow({ progress, message }), [progress, message]);
  useEffect(() => {
    if (!live) return;
    return subscribe(TaskProgress, { id }, ({ taskProgress: task }) => {
      if (!task) return;
      setNow({ progress: task.progress, message: task.message });
      if (task.status !== 'QUEUED' && task.status !== 'RUNNING') router.refresh();
    });
  }, [id, live, router]);
  return (
    <section className="task-progress">
      <p className="bigsum tabn">{format.percent(now.progress, 0)}</p>
      <Progress value={now.progress * 100} label={label} tone={now.progress === 1 ? 'ok' : undefined} />
      <p className="muted" aria-live="polite">
        {now.message}
      </p>
    </section>
  );
}
