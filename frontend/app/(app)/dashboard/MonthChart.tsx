'use client';

import { useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';

export interface ChartMonth {
  readonly month: string;
  readonly net: string;
  readonly documents: number;
}

const share = (value: number, most: number): string => `${(Math.max(0, value) / most) * 100}%`;

/**
 * Revenue by month. The chart reads the month under the pointer, or chosen by arrow keys, out above itself. It is as high as its
 * tile leaves room for; its letters keep their size.
 */
export function MonthChart({
  months,
  steps,
  labels,
}: {
  months: readonly ChartMonth[];
  steps: readonly number[];
  labels: readonly string[];
}) {
  const { t, format } = useLanguage();
  const [at, setAt] = useState(months.length - 1);
  const shown = months[at] as ChartMonth;
  const most = steps.at(-1) ?? 1;
  const short = new Intl.DateTimeFormat(format.locale, { month: 'short', timeZone: 'UTC' });

  return (
    <>
      <div className="chart-read" aria-live="polite">
        <p className="bigsum tabn">
          {format.money(shown.net)}
          <small>
            {t('ui.chart.in', { month: format.month(shown.month) })}
            <span>{t('ui.chart.documents', { count: shown.documents })}</span>
          </small>
        </p>
      </div>
      <div className="chart-wrap">
        <figure
          className="chart"
          role="slider"
          tabIndex={0}
          aria-label={t('ui.chart.label')}
          aria-valuemin={0}
          aria-valuemax={months.length - 1}
          aria-valuenow={at}
          aria-valuetext={`${format.month(shown.month)}: ${format.money(shown.net)}`}
          onKeyDown={(event) => {
            const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: months.length - 1 }[event.key];
            if (to === undefined || to < 0 || to >= months.length) return;
            event.preventDefault();
            setAt(to);
          }}
        >
          <div className="chart-plot" aria-hidden="true">
            {steps.map((value, index) => (
              <p key={value} className="chart-step" style={{ insetBlockEnd: share(value, most) }}>
                {labels[index]}
              </p>
            ))}
            {months.map((month, index) => (
              <div
                key={month.month}
                className={index === at ? 'chart-col is-active' : 'chart-col'}
                onPointerEnter={() => setAt(index)}
                onPointerDown={() => setAt(index)}
              >
                <i style={{ blockSize: share(Number(month.net), most) }} />
                <p>
                  {short.format(Date.parse(month.month)).replace('.', '')}
                  {(index === 0 || month.month.slice(5, 7) === '01') && <span>{month.month.slice(0, 4)}</span>}
                </p>
              </div>
            ))}
          </div>
        </figure>
      </div>
    </>
  );
}
