import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgets, firstLoadSizes, floorTotal, heaviestTotal } from '@valeo/frontend/measure/first-load.ts';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import { describe, expect, inject, test } from 'vitest';
import { DEMO } from '../graph.ts';
import { launch } from '../journeys/browser.ts';
import { allRoutes, type Route } from './routes.ts';
import { contextFor, open, sessionOf } from './visit.ts';

/**
 * What a page may cost before anybody touches it. The JavaScript that each route brings, of the build that was made of these
 * sources: what is committed in `first-load.json` may be exceeded by a kilobyte; more is a decision:
 * `UPDATE_BUDGETS=1 pnpm e2e e2e/quality/budgets.test.ts` writes the file anew.
 */

const file = join(import.meta.dirname, 'first-load.json');
/** Kilobytes that a route may grow by before its committed size has to be renewed. */
const slack = 1;

const limitOf: Readonly<Record<Route['kind'], number>> = {
  public: budgets.shell,
  page: budgets.shell,
  record: budgets.list,
  list: budgets.list,
  form: budgets.form,
};

/** A route of its own for each pattern; tabs of one page are the same script. */
const onePerPattern = (routes: readonly Route[]): Map<string, Route> =>
  new Map(routes.map((route) => [route.pattern.replace(/\?.*/, ''), route]).reverse() as [string, Route][]);

async function cookieOf(): Promise<string> {
  const response = await fetch(inject('installation').graphUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation ($input: SignInInput!) { signIn(input: $input) { error { code } } }',
      variables: { input: { email: DEMO.owner, password: DEMO.password } },
    }),
  });
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

describe('first-load JavaScript', () => {
  test('no route is above its limit, or above what is committed', async () => {
    const routes = onePerPattern(await allRoutes());
    const paths = [...routes.values()].map(({ path }) => path);
    const sizes = await firstLoadSizes(inject('installation').webUrl, await cookieOf(), paths);
    const floor = sizes[0]?.kilobytes ?? Number.NaN;
    const measured = new Map(
      [...routes].map(([pattern, { path, kind }]) => {
        const { kilobytes = Number.NaN, overFloor = Number.NaN } = sizes.find(({ route }) => route === path) ?? {};
        return [pattern, { kind, kilobytes, overFloor }] as const;
      }),
    );
    if (process.env.UPDATE_BUDGETS) write(measured);
    const committed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    const above: string[] = floor <= floorTotal ? [] : [`/__floor: ${floor.toFixed(1)} kB, allowed ${floorTotal}`];
    for (const [pattern, { kind, kilobytes, overFloor }] of measured) {
      const had = committed[pattern];
      const tell = (why: string) =>
        above.push(`${pattern} (${kind}): ${overFloor.toFixed(1)} kB over the bare page, ${why}`);
      if (!(overFloor <= limitOf[kind])) tell(`allowed ${limitOf[kind]}`);
      if (!(kilobytes <= heaviestTotal)) tell(`in all ${kilobytes.toFixed(1)}, allowed ${heaviestTotal}`);
      if (had === undefined) tell('no size is committed');
      else if (overFloor > had + slack) tell(`committed ${had}`);
    }
    expect(above).toEqual([]);
  });
});

describeWith('chromium', 'pages at rest', (chromium) => {
  test('nothing moves, seen or unseen, once everything is there', async () => {
    const browser = await launch(chromium);
    try {
      const view = { language: 'de', theme: 'light', width: 1440 } as const;
      const moving = { reducedMotion: 'no-preference' } as const;
      const page = await (await contextFor(browser, view, await sessionOf(browser), moving)).newPage();
      const routes = (await allRoutes()).filter(({ kind }, at) => kind === 'list' || at % 4 === 0);
      for (const { path, pattern } of routes) {
        await open(page, path);
        const moved = () =>
          page.evaluate(() =>
            document
              .getAnimations()
              // What follows the scrolling stands still where it does.
              .filter(({ playState, timeline }) => playState === 'running' && timeline instanceof DocumentTimeline)
              .map(({ effect }) => (effect as KeyframeEffect | null)?.target?.className),
          );
        await expect.poll(moved, { message: pattern }).toEqual([]);
      }
    } finally {
      await browser.close();
    }
  }, 300_000);
});

function write(measured: ReadonlyMap<string, { overFloor: number }>): void {
  const sizes = [...measured].sort(([a], [b]) => (a < b ? -1 : 1));
  const rounded = Object.fromEntries(
    sizes.map(([pattern, { overFloor }]) => [pattern, Math.round(overFloor * 10) / 10]),
  );
  writeFileSync(file, `${JSON.stringify(rounded, null, 2)}\n`);
}
