import { expect, test } from 'vitest';
import { purchaseTaxCode } from './master-data.ts';

test.each([
  ['DE', 'GOODS', 'U19', 'V19'],
  ['DE', 'GOODS', 'U7', 'V7'],
  ['DE', 'SERVICE', 'U19', 'V19'],
  ['AT', 'GOODS', 'U19', 'IGE19'],
  ['AT', 'GOODS', 'U7', 'IGE7'],
  ['AT', 'SERVICE', 'U19', 'RC46_19'],
  ['GB', 'GOODS', 'U19', 'IGE19', '2020-12-31'],
  ['GB', 'GOODS', 'U19', 'V0', '2021-01-01'],
  ['CH', 'GOODS', 'U19', 'V0'],
  ['CH', 'SERVICE', 'U7', 'RC84_19'],
] as const)(
  'from %s, %s sold with %s is bought with %s (rule 10)',
  (country, kind, taxCode, expected, day: string = '2024-05-01') => {
    const supplier = { name: 'Vis', country, paymentTermDays: 30 };
    expect(purchaseTaxCode(supplier, { sku: 'A', name: 'A', unit: 'C62', kind, taxCode }, day)).toBe(expected);
  },
);
