import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { viewer } from '#shell/viewer.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { DashboardGrid, type Tile } from './dashboard/DashboardGrid.tsx';
import { dashboardChoice, dashboardData } from './dashboard/data.ts';
import { FirstSteps } from './dashboard/FirstSteps.tsx';
import { defaultLayout, type Place } from './dashboard/layout.ts';
import { listOf } from './dashboard/lists.ts';
import { type View, ViewWidget } from './dashboard/ViewWidget.tsx';
import { Widget } from './dashboard/Widget.tsx';
import { beginningFor, isWidgetName, type WidgetName, widgetKinds } from './dashboard/widgets.ts';

export const generateMetadata = pageTitle('nav.dashboard');

/** Widgets that are filled this soon come with the page; the others follow it. */
const waitForDataMs = 150;

/** The start: what the reader has put together, filled by one query, each widget with its own wait and its own failure. */
export default async function DashboardPage() {
  const [{ t, locale }, who] = await Promise.all([language(), viewer()]);
  const { layout, views, steps } = await dashboardChoice(who.permissions);
  const data = dashboardData(layout);
  // Whoever awaits it shows its failure; nobody may.
  const filled = data.catch(() => undefined);
  const today = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'Europe/Berlin',
  });
  const allowed = (Object.keys(widgetKinds) as WidgetName[]).filter((name) =>
    who.permissions.includes(widgetKinds[name].permission),
  );
  const savedViews = views.flatMap(({ key, value }) => {
    const { name, query } = (value ?? {}) as Partial<View>;
    const list = listOf(key.split('/')[1] ?? '', t);
    return typeof name === 'string' && typeof query === 'string' && list ? [{ key, list, view: { name, query } }] : [];
  });
  const choices = [
    ...allowed.map((name) => ({ id: name as string, title: t(widgetKinds[name].title) })),
    ...savedViews.map(({ key, list, view }) => ({
      id: key,
      title: t('dashboard.viewOf', { name: view.name, list: list.definition.label }),
    })),
  ];
  const beginning = beginningFor(who.permissions);
  const shown = layout.filter(({ id }) => choices.some((choice) => choice.id === id));
  const tiles = shown.flatMap(({ id }: Place): Tile[] => {
    if (isWidgetName(id)) return [{ id, title: t(widgetKinds[id].title), node: <Widget name={id} data={data} /> }];
    const saved = savedViews.find(({ key }) => key === id);
    return saved ? [{ id, title: saved.view.name, node: <ViewWidget view={saved.view} list={saved.list} /> }] : [];
  });
  await Promise.race([filled, new Promise((resolve) => setTimeout(resolve, waitForDataMs))]);
  return (
    <Page canvas crumbs={[{ label: t('nav.dashboard') }]}>
      <DashboardGrid
        layout={shown}
        standard={defaultLayout(who.permissions)}
        tiles={tiles}
        choices={choices}
        heading={
          <div>
            <h1>{today.format(new Date())}</h1>
            <p>{t('dashboard.lead', { company: who.company.name })}</p>
          </div>
        }
        actions={
          beginning && (
            <ButtonLink kind="primary" icon="plus" href={beginning.href} shortcut="N">
              {t(beginning.label)}
            </ButtonLink>
          )
        }
      >
        {steps && <FirstSteps {...steps} />}
      </DashboardGrid>
    </Page>
  );
}
