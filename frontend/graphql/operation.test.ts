import { expect, test } from 'vitest';
import { readParts } from './operation.ts';

test('what another domain could not answer is lost, what the reader may not see is not', () => {
  const error = (code: string, ...path: (string | number)[]) => ({ message: code, path, extensions: { code } });
  const { data, lost } = readParts(
    {
      data: { partner: { receivable: null, invoices: null } },
      errors: [
        error('FORBIDDEN', 'partner', 'receivable'),
        error('SUBGRAPH_UNAVAILABLE', 'partner', 'invoices', 'edges', 0, 'node'),
      ],
    },
    null,
  );
  expect(data).toEqual({ partner: { receivable: null, invoices: null } });
  expect([...lost]).toEqual(['partner.invoices.edges.node']);
});
