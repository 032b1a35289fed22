import { blankBudgetMs, frameBudgets, frameCosts } from '@valeo/frontend/measure/frames.ts';
import { findTool } from '@valeo/kit/testing/tool.ts';
import { chromium } from 'playwright-core';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const passes = 5;

/** What scrolling a list of a million rows and thirty columns costs, where there is a browser to try it with. */
export async function measureFrames(webUrl: string, tell: Tell): Promise<void> {
  const executablePath = findTool('chromium');
  if (!executablePath) return;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${webUrl}/styleguide/list`);
    await page.locator('.grid-body [role=row]:not([aria-busy])').first().waitFor();
    const traced = {
      startTrace: (categories: string[]) => browser.startTracing(page, { categories }),
      endTrace: () => browser.stopTracing(),
      evaluate: (expression: string) => page.evaluate(expression),
    };
    const floor = await frameCosts(traced, 0);
    tell('Frame of a list that stands still, CPU p95', round(floor.p95), 'ms');
    for (const [rows, limit] of Object.entries(frameBudgets)) {
      const { p95, blankMs } = await frameCosts(traced, Number(rows), passes);
      tell(
        `Frame of a million-row list, ${rows} rows a frame, CPU p95`,
        round(p95),
        'ms',
        `<= ${limit} ms`,
        p95 <= limit,
      );
      tell(
        `Frame of a million-row list, ${rows} rows a frame, longest blank row`,
        round(blankMs),
        'ms',
        `<= ${blankBudgetMs} ms`,
        blankMs <= blankBudgetMs,
      );
    }
  } finally {
    await browser.close();
  }
}

const round = (ms: number): number => Math.round(ms * 10) / 10;
