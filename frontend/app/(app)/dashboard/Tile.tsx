import { type ReactNode, Suspense } from 'react';
import { GraphFault } from '#graphql/operation.ts';
import { language } from '#i18n/server.ts';
import { ErrorState, Skeleton } from '#ui/States.tsx';

/** A tile that waits and fails by itself: a domain that is down costs its own tiles only. */
export function Tile({
  className,
  title,
  sub,
  load,
}: {
  className: string;
  title: string;
  sub?: string;
  load: () => Promise<ReactNode>;
}) {
  return (
    <section className={`card ${className}`}>
      <header className="card-head">
        <h2>{title}</h2>
        {sub && <span className="sub">{sub}</span>}
      </header>
      <div className="card-body">
        <Suspense fallback={<TileSkeleton />}>
          <Loaded load={load} />
        </Suspense>
      </div>
    </section>
  );
}

async function Loaded({ load }: { load: () => Promise<ReactNode> }) {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof GraphFault)) throw error;
    const { t } = await language();
    return (
      <ErrorState title={t('dashboard.failed')} requestId={error.requestId}>
        {t('dashboard.failedText')}
      </ErrorState>
    );
  }
}

function TileSkeleton() {
  return (
    <div className="tile-skeleton">
      {['52%', '100%', '92%', '97%', '70%'].map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}
