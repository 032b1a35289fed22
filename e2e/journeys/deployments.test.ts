import { cpSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@valeo/kit/testing/free-port.ts';
import { describeWith } from '@valeo/kit/testing/tool.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { launch, signIn, visitor } from './browser.ts';
import { OwnWeb } from './own-web.ts';

const deployments = process.env.TEST_LONG ? 50 : 6;
const frontend = join(import.meta.dirname, '..', '..', 'frontend');
const first = process.env.WEB_BUILD_FOLDER || '.next';
const second = join('node_modules', '.builds', 'deployments');
const screens = ['/crm/partners', '/inventory/articles', '/finance/journal', '/sales/invoices'];

/**
 * A second build in which nothing has the name it had in the first: another build id, other files. Building once more would
 * give the same names for the same sources.
 */
function makeSecondBuild(): void {
  const source = join(frontend, first);
  const target = join(frontend, second);
  rmSync(target, { recursive: true, force: true });
  cpSync(source, target, { recursive: true, filter: (path) => !/\/(cache|dev|diagnostics|\.builds)$/.test(path) });
  const id = readFileSync(join(source, 'BUILD_ID'), 'utf8').trim();
  const otherId = [...id].reverse().join('');
  for (const entry of readdirSync(target, { recursive: true, encoding: 'utf8' })) {
    const file = join(target, entry);
    if (!/(\.(js|json|html|rsc|css|meta)|BUILD_ID)$/.test(entry) || !statSync(file).isFile()) continue;
    const text = readFileSync(file, 'utf8');
    const renamed = text.replaceAll(id, otherId).replaceAll('static/chunks/', 'static/pieces/');
    if (renamed !== text) writeFileSync(file, renamed);
  }
  renameSync(join(target, 'static', id), join(target, 'static', otherId));
  renameSync(join(target, 'static', 'chunks'), join(target, 'static', 'pieces'));
}

describeWith('chromium', 'a new version', (chromium) => {
  let browser: Browser;
  let web: OwnWeb;
  beforeAll(async () => {
    makeSecondBuild();
    browser = await launch(chromium);
    web = new OwnWeb(await freePort());
    await web.start(first);
  });
  afterAll(async () => {
    await browser.close();
    await web.kill();
    rmSync(join(frontend, second), { recursive: true, force: true });
  });

  test(
    `takes over within one navigation and breaks no open tab, ${deployments} times`,
    async () => {
      const { context, page: open } = await visitor(browser, 'de', web.url);
      let made = 0;
      onTestFailed(async () => {
        const shown = await open.locator('body').innerText();
        console.error(`after ${made} deployments the open tab shows ${open.url()}:\n${shown.slice(0, 2000)}`);
      });
      const failures: string[] = [];
      context.on('weberror', (fault) => {
        // What was on its way when the server was killed is cut off; that is no fault of the page.
        if (fault.error().message !== 'network error') failures.push(fault.error().message);
      });
      await signIn(open);
      await open.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 60_000 });
      await open.goto('/sales/invoices');
      const caller = await context.newPage();

      for (let at = 0; at < deployments; at += 1) {
        await web.kill();
        await web.start(at % 2 === 0 ? second : first);
        const screen = screens[at % screens.length] as string;

        // The open tab is of the build before: a part of it that loads late still does, and a link leads on.
        await open.locator('[data-palette]').first().click();
        await open.getByRole('dialog').first().waitFor();
        await open.keyboard.press('Escape');
        await open.locator(`nav a[href="${screen}"]`).first().click();
        await open.waitForURL(`**${screen}`);
        await open.locator('[role=grid] [aria-rowindex] a').first().waitFor();

        // A navigation is answered by the new build.
        await caller.goto(screen);
        await caller.locator('[role=grid] [aria-rowindex] a').first().waitFor();
        const scripts = await caller
          .locator('script[src]')
          .evaluateAll((all) => all.map((each) => (each as HTMLScriptElement).src));
        const folder = at % 2 === 0 ? '/static/pieces/' : '/static/chunks/';
        expect(scripts.filter((each) => each.includes('/_next/static/') && !each.includes(folder))).toEqual([]);
        expect(await caller.locator('.state[role=alert]').count()).toBe(0);
        made += 1;
      }
      expect(failures).toEqual([]);
      await context.close();
    },
    60_000 + deployments * 20_000,
  );
});
