import '#testing/next.ts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Translate } from '#i18n/translate.ts';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { bottomAreas } from './areas.ts';
import { CompanySwitch } from './CompanySwitch.tsx';
import { chooseDisplay, currentDisplay } from './display.ts';
import { BottomLinks, NavLinks } from './NavLinks.tsx';
import { ShellClient } from './ShellClient.tsx';
import { StatusTools } from './StatusTools.tsx';

beforeEach(() => {
  framework.pushed.length = 0;
  framework.prefetched.length = 0;
  framework.refreshed = 0;
  framework.path = '/';
  document.cookie = 'valeo-display=; path=/; max-age=0';
  for (const name of Object.keys(document.documentElement.dataset)) delete document.documentElement.dataset[name];
});

describe('links', () => {
  test('of the app navigate without a reload', () => {
    draw(
      <>
        <ShellClient owner="company.reader" />
        <a href="/sales/invoices?q=1">Rechnungen</a>
      </>,
    );
    fireEvent.click(screen.getByText('Rechnungen'));
    expect(framework.pushed).toEqual(['/sales/invoices?q=1']);
  });

  test('to other places, in other tabs or with a key held are left to the browser', () => {
    draw(
      <>
        <ShellClient owner="company.reader" />
        <a href="https://example.org/">fremd</a>
        <a href="/file" download>
          Datei
        </a>
        <a href="/x" target="_blank">
          neu
        </a>
        <a href="/y">mit Taste</a>
        <a href="#main">Sprung</a>
      </>,
    );
    for (const name of ['fremd', 'Datei', 'neu', 'Sprung']) fireEvent.click(screen.getByText(name));
    fireEvent.click(screen.getByText('mit Taste'), { ctrlKey: true });
    expect(framework.pushed).toEqual([]);
  });

  test('load ahead where a pointer rests or a finger lands, not where a pointer only passes', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    draw(
      <>
        <ShellClient owner="company.reader" />
        <a href="/a">erster</a>
        <a href="/b">zweiter</a>
      </>,
    );
    fireEvent.pointerOver(screen.getByText('erster'));
    vi.advanceTimersByTime(30);
    fireEvent.pointerOver(screen.getByText('zweiter'));
    expect(framework.prefetched).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(framework.prefetched).toEqual(['/b']);

    fireEvent.touchStart(screen.getByText('erster'));
    expect(framework.prefetched).toEqual(['/b']);
    vi.advanceTimersByTime(0);
    expect(framework.prefetched).toEqual(['/b', '/a']);
    // What was fetched a moment ago is still there.
    fireEvent.pointerOver(screen.getByText('zweiter'));
    vi.advanceTimersByTime(100);
    expect(framework.prefetched).toEqual(['/b', '/a']);
  });

  test('in the navigation know which is current', () => {
    framework.path = '/sales/invoices/7';
    const items = [
      { href: '/', icon: 'dash', label: 'Übersicht' },
      { href: '/sales/invoices', icon: 'invoice', label: 'Rechnungen' },
    ] as const;
    draw(
      <>
        <NavLinks items={items} />
        <BottomLinks
          creations={[]}
          items={items.map((item) => ({ ...item, label: `unten ${item.label}`, area: item.href }))}
        />
      </>,
    );
    expect(screen.getByRole('link', { name: 'Rechnungen' }).getAttribute('aria-current')).toBe('page');
    expect(screen.getByRole('link', { name: 'Übersicht' }).getAttribute('aria-current')).toBeNull();
    expect(screen.getByRole('link', { name: 'unten Rechnungen' }).getAttribute('aria-current')).toBe('true');
  });

  test('at the foot of a phone lead where its reader may look', () => {
    const shown = (...permissions: string[]) =>
      bottomAreas(((key: string) => key) as Translate, permissions).map(({ href }) => href);
    expect(shown('sales:read', 'inventory:read', 'finance:read', 'crm:read')).toEqual([
      '/',
      '/sales/invoices',
      '/inventory/articles',
      '/more',
    ]);
    expect(shown('finance:read', 'sales:write')).toEqual(['/', '/finance/journal', '/more']);
    expect(shown()).toEqual(['/', '/more']);
  });

  test('a field that submits itself navigates with its form', () => {
    draw(
      <>
        <ShellClient owner="company.reader" />
        <form action="/finance/trial-balance">
          <select name="year" data-submit aria-label="Jahr">
            <option>2010</option>
            <option>2011</option>
          </select>
        </form>
      </>,
    );
    fireEvent.change(screen.getByLabelText('Jahr'), { target: { value: '2011' } });
    expect(framework.pushed).toEqual(['/finance/trial-balance?year=2011']);
  });
});

describe('display', () => {
  test('a choice holds at once and is remembered', () => {
    draw(
      <>
        <ShellClient owner="company.reader" />
        <button type="button" data-display="theme=dark">
          Dunkel
        </button>
      </>,
    );
    fireEvent.click(screen.getByText('Dunkel'));
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(currentDisplay().theme).toBe('dark');
  });

  test('an empty choice gives it back to the system, a toggle turns it', () => {
    chooseDisplay('theme=dark', () => undefined);
    chooseDisplay('theme=', () => undefined);
    expect(document.documentElement.dataset.theme).toBeUndefined();
    chooseDisplay('nav=toggle', () => undefined);
    expect(document.documentElement.dataset.nav).toBe('min');
    chooseDisplay('nav=toggle', () => undefined);
    expect(document.documentElement.dataset.nav).toBeUndefined();
  });

  test('another language fetches the page in it', () => {
    const refresh = vi.fn();
    chooseDisplay('locale=en', refresh);
    expect(refresh).toHaveBeenCalled();
    expect(currentDisplay().locale).toBe('en');
  });
});

describe('keys', () => {
  test('run the element that names them, but not while one types', async () => {
    const run = vi.fn();
    const { user } = draw(
      <>
        <ShellClient owner="company.reader" />
        <button type="button" aria-keyshortcuts="N" onClick={run}>
          Neu
        </button>
        <input aria-label="Suche" aria-keyshortcuts="/" />
      </>,
    );
    await user.keyboard('n');
    expect(run).toHaveBeenCalledOnce();
    await user.keyboard('/');
    expect(document.activeElement).toBe(screen.getByLabelText('Suche'));
    await user.keyboard('n');
    expect(run).toHaveBeenCalledOnce();
  });
});

describe('status', () => {
  test('shows how many tasks run, how far they are, and what is unread', () => {
    draw(
      <StatusTools
        initial={{
          tasks: {
            totalCount: 2,
            edges: [
              { node: { id: '1', progress: 0.5, message: null } },
              { node: { id: '2', progress: 0.78, message: null } },
            ],
          },
          notifications: { totalCount: 120 },
        }}
      />,
    );
    expect(screen.getByRole('link', { name: /Laufende Vorgänge: 2, Fortschritt 64 Prozent/ })).toBeTruthy();
    expect(screen.getByText('99+')).toBeTruthy();
  });

  test('without the right to see them only the bell stands there', () => {
    draw(<StatusTools initial={null} />);
    expect(screen.getAllByRole('link')).toHaveLength(1);
  });
});

test('switching the company starts the app afresh', async () => {
  const server = answering({
    SwitchCompany: { switchCompany: { expiresAt: null, error: { code: 'X', message: 'Nicht möglich.' } } },
  });
  vi.stubGlobal('fetch', server.fetch);
  const { user, container } = draw(
    <CompanySwitch
      companies={[
        { id: '1', name: 'Elbwarder', current: true },
        { id: '2', name: 'Northwind', current: false },
      ]}
    />,
  );
  await user.click(within(container).getByText('Elbwarder'));
  expect(server.asked).toHaveLength(0);
  await user.click(within(container).getByText('Northwind'));
  await waitFor(() => expect(server.asked[0]?.variables).toEqual({ input: { companyId: '2' } }));
  expect(await screen.findByText('Nicht möglich.')).toBeTruthy();
});
