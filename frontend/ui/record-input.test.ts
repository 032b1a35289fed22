import { expect, test } from 'vitest';
import { type FormSection, type FormValues, readInput } from './record-input.ts';

const sections: readonly FormSection[] = [
  {
    title: 'Partner',
    fields: [
      { name: 'country', label: 'Land', kind: 'text', required: true },
      { name: 'address.city', label: 'Ort', kind: 'text' },
      { name: 'address.country', label: 'Land', kind: 'text', orElse: 'country' },
    ],
  },
];
const read = (values: FormValues) => readInput({ sections }, values, 'de', { required: '!', number: '#' }).input;

test('another field stands in for an empty part of a group, and for none of an empty group', () => {
  expect(read({ country: 'DE', 'address.city': 'Ulm' })).toEqual({
    country: 'DE',
    address: { city: 'Ulm', country: 'DE' },
  });
  expect(read({ country: 'DE', 'address.city': 'Wien', 'address.country': 'AT' })).toMatchObject({
    address: { country: 'AT' },
  });
  expect(read({ country: 'DE' })).toEqual({ country: 'DE', address: null });
});
