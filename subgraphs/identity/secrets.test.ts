import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { companyOfSecret, companySecret, seal, successorOf, unseal } from './secrets.ts';

test('a sealed text opens with its secret only, and not when it was changed', () => {
  const sealed = seal('private', 'secret of the installation');
  expect(unseal(sealed, 'secret of the installation')).toBe('private');
  expect(() => unseal(sealed, 'another secret')).toThrow();
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => unseal(bytes.toString('base64'), 'secret of the installation')).toThrow();
});

test('a company secret names its company', () => {
  const company = randomUUID();
  expect(companyOfSecret(companySecret(company))).toBe(company);
  expect(companyOfSecret('too short')).toBeNull();
});

test('a successor needs both the token and the nonce', () => {
  expect(successorOf('token', 'nonce')).toBe(successorOf('token', 'nonce'));
  expect(successorOf('token', 'other')).not.toBe(successorOf('token', 'nonce'));
  expect(successorOf('other', 'nonce')).not.toBe(successorOf('token', 'nonce'));
});
