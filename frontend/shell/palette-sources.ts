import { PaletteArticles, PalettePartners, PaletteRecords } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import type { Formats } from '#i18n/format.ts';
import type { Translate } from '#i18n/translate.ts';
import type { IconName } from '#ui/Icon.tsx';
import type { PaletteEntry } from './CommandPalette.tsx';

/** The pages of the app, read from the navigation on screen: whoever sees an entry there may go there. */
export function navigationEntries(group: string, go: (href: string) => void): PaletteEntry[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('.nav a.nav-item')].map((link) => {
    const href = link.getAttribute('href') as string;
    const icon = link.querySelector('use')?.getAttribute('href')?.split('#')[1] ?? 'right';
    return { id: href, group, icon: icon as IconName, label: link.title, run: () => go(href) };
  });
}

export interface SourceTools {
  readonly t: Translate;
  readonly format: Formats;
  go(href: string): void;
}

/** Records whose number or name fits. A domain that may not be asked, or cannot answer, leaves the others standing; the latter is told. */
export async function searchRecords(
  text: string,
  tools: SourceTools,
  signal: AbortSignal,
): Promise<{ readonly entries: readonly PaletteEntry[]; readonly failed: boolean }> {
  const { t, format, go } = tools;
  const variables = { text };
  const answers = await Promise.allSettled([
    request(PalettePartners, variables, signal),
    request(PaletteRecords, variables, signal),
    request(PaletteArticles, variables, signal),
  ]);
  const [partners, invoices, articles] = answers;
  const failed = answers.some((answer) => answer.status === 'rejected' && answer.reason.code !== 'FORBIDDEN');
  const entries: PaletteEntry[] = [];
  if (partners.status === 'fulfilled') {
    for (const { node } of partners.value.businessPartners?.edges ?? []) {
      entries.push({
        id: node.id,
        group: t('ui.palette.partners'),
        icon: 'users',
        label: node.name,
        detail: `${node.number}, ${format.country(node.country)}`,
        run: () => go(`/crm/partners/${node.id}`),
      });
    }
  }
  if (invoices.status === 'fulfilled') {
    for (const { node } of invoices.value.salesInvoices?.edges ?? []) {
      entries.push({
        id: node.id,
        group: t('ui.palette.documents'),
        icon: 'invoice',
        label: node.number ?? node.customerName,
        detail: `${node.customerName}, ${format.date(node.issuedOn)}`,
        end: format.money(node.gross.amount),
        run: () => go(`/sales/invoices/${node.id}`),
      });
    }
  }
  if (articles.status === 'fulfilled') {
    for (const { node } of articles.value.articles?.edges ?? []) {
      entries.push({
        id: node.id,
        group: t('ui.palette.articles'),
        icon: 'box',
        label: node.name,
        detail: node.sku,
        end: format.money(node.price),
        run: () => go(`/inventory/articles/${node.id}`),
      });
    }
  }
  return { entries, failed };
}
