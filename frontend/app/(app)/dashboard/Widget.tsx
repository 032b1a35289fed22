import { type ReactNode, Suspense } from 'react';
import type { DashboardData } from '#graphql/_generated/operations.ts';
import { GraphFault, type Parts } from '#graphql/operation.ts';
import { type Language, language } from '#i18n/server.ts';
import { ErrorState } from '#ui/ErrorState.tsx';
import { Retry } from '#ui/Retry.tsx';
import { Skeleton } from '#ui/Skeleton.tsx';
import { financeWidgets } from './finance-widgets.tsx';
import { salesWidgets } from './sales-widgets.tsx';
import { tradeWidgets } from './trade-widgets.tsx';
import { type WidgetName, widgetKinds } from './widgets.ts';

/** How a widget shows its part of the answer; null when that part did not come. */
export type Render = (data: DashboardData, language: Language) => ReactNode | null;

const renders: Readonly<Record<WidgetName, Render>> = { ...salesWidgets, ...financeWidgets, ...tradeWidgets };

/** A widget waits and fails by itself: a domain that is down costs its own widgets only. */
export function Widget({ name, data }: { name: WidgetName; data: Promise<Parts<DashboardData>> }) {
  const isFigure = widgetKinds[name].size.h === 2;
  return (
    <Suspense fallback={isFigure ? <FigureSkeleton /> : <WidgetSkeleton name={name} />}>
      <Loaded name={name} data={data} />
    </Suspense>
  );
}

async function Loaded({ name, data }: { name: WidgetName; data: Promise<Parts<DashboardData>> }) {
  const words = await language();
  const { part, title } = widgetKinds[name];
  let fault: GraphFault | undefined;
  try {
    const parts = await data;
    const shown = renders[name](parts.data, words);
    if (shown !== null) return shown;
    fault = parts.faults[part];
  } catch (error) {
    if (!(error instanceof GraphFault)) throw error;
    fault = error;
  }
  return (
    <Card title={words.t(title)}>
      <ErrorState title={words.t('dashboard.failed')} requestId={fault?.requestId} actions={<Retry />}>
        {words.t('dashboard.failedText')}
      </ErrorState>
    </Card>
  );
}

/** The frame of every widget that is not one figure; its title leads to the list behind it. */
export function Card({
  title,
  sub,
  href,
  children,
}: {
  title: string;
  sub?: ReactNode;
  href?: string;
  children: ReactNode;
}) {
  return (
    <section className="card">
      <header className="card-head">
        <h2>{href ? <a href={href}>{title}</a> : title}</h2>
        {sub && <span className="sub">{sub}</span>}
      </header>
      <div className="card-body">{children}</div>
    </section>
  );
}

/** The lines of a figure without their texts, as high as with them. */
const FigureSkeleton = () => (
  <div className="card kpi">
    <span className="kpi-label" />
    <span className="kpi-value" />
    <span className="kpi-delta" />
  </div>
);

async function WidgetSkeleton({ name }: { name: WidgetName }) {
  const { t } = await language();
  return (
    <Card title={t(widgetKinds[name].title)}>
      <div className="tile-skeleton">
        {['52%', '100%', '92%', '97%', '70%'].map((width) => (
          <Skeleton key={width} width={width} />
        ))}
      </div>
    </Card>
  );
}
