'use client';

import { useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';

export interface ChartMonth {
  readonly month: string;
  readonly net: string;
  readonly documents: number;
}

const width = 760;
const left = 56;
const top = 8;
const bottom = 152;

/** Revenue by month. The chart reads the month under the pointer, or chosen by arrow keys, out above itself. */
export function MonthChart({ months, steps }: { months: readonly ChartMonth[]; steps: readonly number[] }) {
  const { t, format } = useLanguage();
  const [at, setAt] = useState(months.length - 1);
  const shown = months[at] as ChartMonth;
  const most = steps.at(-1) ?? 1;
  const step = (width - left) / months.length;
  const y = (value: number) => bottom - (Math.max(0, value) / most) * (bottom - top);
  const short = new Intl.DateTimeFormat(format.locale, { month: 'short', timeZone: 'UTC' });
  const compact = new Intl.NumberFormat(format.locale, { notation: 'compact', maximumFractionDigits: 1 });

  return (
    <>
      <div className="chart-read" aria-live="polite">
        <p className="bigsum tabn">
          {format.amount(shown.net)}
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
          <svg viewBox={`0 0 ${width} 192`} aria-hidden="true">
            {steps.map((value) => (
              <g key={value}>
                <line className={value === 0 ? 'base' : 'grid-line'} x1={left} x2={width} y1={y(value)} y2={y(value)} />
                <text x={left - 10} y={y(value) + 4} textAnchor="end">
                  {value === 0 ? '0' : compact.format(value)}
                </text>
              </g>
            ))}
            {months.map((month, index) => {
              const x = left + index * step;
              const barTop = y(Number(month.net));
              const classes = ['col', index === at && 'is-active is-now'].filter(Boolean).join(' ');
              return (
                <g
                  key={month.month}
                  className={classes}
                  onPointerEnter={() => setAt(index)}
                  onPointerDown={() => setAt(index)}
                >
                  <rect className="band" x={x} y={top} width={step} height={bottom - top} rx="6" />
                  <rect
                    className="bar-a"
                    x={x + step * 0.22}
                    y={barTop}
                    width={step * 0.56}
                    height={bottom - barTop}
                    rx="2"
                  />
                  <text x={x + step / 2} y="170" textAnchor="middle">
                    {short.format(Date.parse(month.month)).replace('.', '')}
                  </text>
                  {(index === 0 || month.month.slice(5, 7) === '01') && (
                    <text x={x + step / 2} y="183" textAnchor="middle">
                      {month.month.slice(0, 4)}
                    </text>
                  )}
                </g>
              );
            })}
          </svg>
        </figure>
      </div>
    </>
  );
}
