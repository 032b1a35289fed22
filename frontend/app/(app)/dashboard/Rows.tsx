import type { ReactNode } from 'react';

export interface WidgetRow {
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly sub?: string | null;
  readonly middle?: ReactNode;
  readonly end: ReactNode;
}

/** The first rows of a list, each with the way to its record. */
export function Rows({ rows, nothing }: { rows: readonly WidgetRow[]; nothing: ReactNode }) {
  if (rows.length === 0) return nothing;
  return (
    <table className="table table--tall">
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <span className="two-line">
                <a className="tabn truncate" href={row.href}>
                  {row.title}
                </a>
                {row.sub && <small className="truncate">{row.sub}</small>}
              </span>
            </td>
            {row.middle !== undefined && <td>{row.middle}</td>}
            <td className="num">{row.end}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Nothing({ children }: { children: ReactNode }) {
  return <p className="muted widget-nothing">{children}</p>;
}
