import { expect, test } from 'vitest';
import { scrubFault, scrubText } from './fault-scrub.ts';

test('a message keeps what kind of fault it is and loses what a user may have typed', () => {
  expect(scrubText("Cannot read properties of undefined (reading 'gross')")).toBe(
    'Cannot read properties of undefined (reading [text])',
  );
  expect(scrubText('Customer "Müller & Sohn" with erika@example.org owes 1.234,50 for 7 items')).toBe(
    'Customer [text] with [mail] owes [number] for 7 items',
  );
  expect(scrubText('DE89 3704 0044 0532 0130 00 of 0199b1c2-7c2e-7000-8000-000000000001')).toBe('[account] of [id]');
  expect(scrubText('GET https://erp.example/sales?q=Schmidt failed')).toBe('GET [address] failed');
});

test('nobody and nothing but the place in the code is left of a report', () => {
  const report = scrubFault({
    user: { ip_address: '10.0.0.1', email: 'a@b.example' },
    breadcrumbs: [{ message: 'clicked on Schmidt' }],
    server_name: 'erp-of-schmidt',
    extra: { form: 'x' },
    request: {
      url: 'https://erp.example/crm/partners/0199b1c2-7c2e-7000-8000-000000000001?q=Schmidt',
      headers: { cookie: 'valeo_access=x' },
      cookies: { a: 'b' },
    },
    exception: {
      values: [
        {
          value: 'no "Schmidt"',
          stacktrace: { frames: [{ filename: '/a.js?x=1', lineno: 3, vars: { name: 'Schmidt' } }] },
        },
      ],
    },
  });
  expect(report).toEqual({
    request: { url: 'https://erp.example/crm/partners/[id]' },
    exception: { values: [{ value: 'no [text]', stacktrace: { frames: [{ filename: '/a.js', lineno: 3 }] } }] },
  });
});
