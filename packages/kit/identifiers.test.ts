import { describe, expect, test } from 'vitest';
import { isVatId, zBic, zIban, zTaxNumber, zVatId } from './identifiers.ts';

const parsed = (schema: { safeParse(value: unknown): { success: boolean; data?: unknown } }, value: string) =>
  schema.safeParse(value).data ?? null;

describe('VAT ids', () => {
  test.each([
    'ATU13585627',
    'BE0428759497',
    'DE136695976',
    'DK13585628',
    'EL094259216',
    'ESB58378431',
    'FR40303265045',
    'IE6433435F',
    'NL004495445B01',
    'PL8567346215',
    'SE123456789701',
    'XI980780684',
    'CHE123456788MWST',
    'GB980780684',
  ])('%s is right', (id) => expect(isVatId(id)).toBe(true));

  test.each(['DE136695977', 'DE13669597', '136695976', 'ATU13585626', 'FR12345678901', 'XX', 'DE', '', 'DE<script>'])(
    '"%s" is wrong',
    (id) => expect(isVatId(id)).toBe(false),
  );

  test.each([
    ['DE136695977', 'WRONG_CHECK_DIGIT'],
    ['DE13669597', 'INVALID_VAT_ID'],
    ['136695976', 'INVALID_VAT_ID'],
  ])('%s is refused as %s', (id, code) => {
    expect(zVatId().safeParse(id).error?.issues).toMatchObject([{ params: { code } }]);
  });

  test('is kept without blanks, dots and small letters', () => {
    expect(parsed(zVatId(), ' de 136.695-976 ')).toBe('DE136695976');
  });
});

test('an IBAN is kept without blanks and refused with a wrong check digit', () => {
  expect(parsed(zIban(), 'de89 3704 0044 0532 0130 00')).toBe('DE89370400440532013000');
  expect(parsed(zIban(), 'DE88370400440532013000')).toBeNull();
  expect(parsed(zIban(), '')).toBeNull();
});

test('a BIC has 8 or 11 characters', () => {
  expect(parsed(zBic(), 'byladem1001')).toBe('BYLADEM1001');
  expect(parsed(zBic(), 'INGDDEFF')).toBe('INGDDEFF');
  expect(parsed(zBic(), 'INGDDEF')).toBeNull();
});

test('a German tax number has the form of its tax office or 13 digits', () => {
  expect(parsed(zTaxNumber(), ' 48/123/01234 ')).toBe('48/123/01234');
  expect(parsed(zTaxNumber(), '4151081508156')).toBe('4151081508156');
  expect(parsed(zTaxNumber(), '123')).toBeNull();
});
