import { language } from '#i18n/server.ts';
import { sharedVitals, type VitalName, vitalLimits, vitalNames } from '#measure/vitals.ts';
import { SectionHead } from '#ui/Doc.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Pill } from '#ui/Status.tsx';

/** How fast the pages were for those who work here, by route: what three of four visits were at least as good as. */
export async function SpeedSettings() {
  const { t, format } = await language();
  const seen = sharedVitals();
  const routes = seen?.byRoute() ?? [];
  if (!seen || routes.length === 0) {
    return <EmptyState title={t('settings.speedNothing')}>{t('settings.speedNothingText')}</EmptyState>;
  }
  const written = (name: VitalName, value: number) =>
    name === 'CLS' ? format.decimal(value.toFixed(3), 3) : `${format.integer(Math.round(value))} ms`;
  return (
    <section>
      <SectionHead title={t('settings.speedTitle')} count={format.integer(routes.length)} />
      <p className="muted">{t('settings.speedText', { since: format.dateTime(seen.since.toISOString()) })}</p>
      <div className="mini-list" tabIndex={0}>
        <table className="table table--cards">
          <thead>
            <tr>
              <th>{t('settings.speedRoute')}</th>
              <th className="num">{t('settings.speedVisits')}</th>
              {vitalNames.map((name) => (
                <th key={name} className="num">
                  <abbr title={t(`settings.vital.${name}`)}>{name}</abbr>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {routes.map(({ route, visits, p75 }) => (
              <tr key={route}>
                <td className="medium">{route}</td>
                <td className="num tabn" data-label={t('settings.speedVisits')}>
                  {format.integer(visits)}
                </td>
                {vitalNames.map((name) => {
                  const value = p75[name];
                  return (
                    <td key={name} className="num tabn" data-label={name}>
                      {value === undefined ? '–' : <Pill tone={toneOf(name, value)}>{written(name, value)}</Pill>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function toneOf(name: VitalName, value: number): 'ok' | 'warn' | 'danger' {
  const [good, poor] = vitalLimits[name];
  return value <= good ? 'ok' : value <= poor ? 'warn' : 'danger';
}
