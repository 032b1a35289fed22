import type { ReactNode } from 'react';

/** One figure: cents smaller but never rounded away, what it is compared with, and its course in a line of bars. */
export function Kpi({
  href,
  label,
  value,
  delta,
  course,
}: {
  href: string;
  label: string;
  /** Written by the language, such as `9.009.852,97 €`. */
  value: string;
  delta?: ReactNode;
  course?: readonly number[];
}) {
  const cut = value.search(/[.,]\d{2}(\D*)$/);
  const most = Math.max(1, ...(course ?? []));
  return (
    <a className="card kpi w-3" href={href}>
      <span className="kpi-label">{label}</span>
      <span className="kpi-value tabn">
        {cut < 0 ? value : value.slice(0, cut)}
        {cut >= 0 && <small>{value.slice(cut)}</small>}
      </span>
      <span className="kpi-delta tabn">{delta}</span>
      {course && (
        <svg className="kpi-spark" viewBox="0 0 96 38" preserveAspectRatio="none" aria-hidden="true">
          {course.map((each, at) => {
            const height = Math.max(0.6, (Math.max(0, each) / most) * 36);
            const step = 96 / course.length;
            return (
              <rect
                key={at}
                className={at === course.length - 1 ? 'spark-bar is-now' : 'spark-bar'}
                x={at * step + step * 0.14}
                y={38 - height}
                width={step * 0.72}
                height={height}
                rx="1"
              />
            );
          })}
        </svg>
      )}
    </a>
  );
}
