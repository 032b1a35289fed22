import { zIban, zVatId } from '@valeo/kit/identifiers.ts';
import { zAddress, zCountry, zEmail, zId, zKey, zList, zMoney, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { type businessPartner, PARTNER_KINDS } from './partner.tables.ts';

const zContact = z.object({
  name: zText(200),
  role: zText(100).nullish(),
  email: zEmail().nullish(),
  phone: zText(50).nullish(),
});

export type ContactInput = z.infer<typeof zContact>;

/** What is known of a partner; each field is optional in an update. */
const fields = {
  name: zText(200),
  kinds: zList(z.enum(PARTNER_KINDS), PARTNER_KINDS.length).transform((kinds) => [...new Set(kinds)]),
  country: zCountry(),
  number: zText(30),
  language: z.enum(['de', 'en']),
  paymentTermDays: z.int().min(0).max(365),
  shippingAddresses: z.array(zAddress()).max(50),
  contacts: z.array(zContact).max(50),
};

/** The fields that may be empty, and that null empties in an update. */
const optionalFields = {
  vatId: zVatId().nullish(),
  email: zEmail().nullish(),
  phone: zText(50).nullish(),
  website: zText(200).nullish(),
  creditLimit: zMoney('notNegative').nullish(),
  iban: zIban().nullish(),
  billingAddress: zAddress().nullish(),
  note: zText(5000).nullish(),
};

/** Absent or null: the default of the table. */
const orDefault = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

export const zNewPartner = z
  .object({
    ...optionalFields,
    name: fields.name,
    kinds: fields.kinds,
    country: fields.country,
    number: orDefault(fields.number),
    language: orDefault(fields.language),
    paymentTermDays: orDefault(fields.paymentTermDays),
    shippingAddresses: orDefault(fields.shippingAddresses),
    contacts: orDefault(fields.contacts),
    externalSource: zText(50).nullish(),
    externalNumber: zText(100).nullish(),
    idempotencyKey: zKey(),
  })
  .refine(({ externalSource, externalNumber }) => !externalSource === !externalNumber, {
    path: ['externalSource'],
    params: { code: 'REQUIRED' },
  });

/** A checked new partner; the import builds it directly. Without a number it gets the next one of the company. */
export type NewPartner = Omit<
  typeof businessPartner.$inferInsert,
  'id' | 'tenantId' | 'version' | 'createdAt' | 'updatedAt' | 'number'
> & { readonly number?: string; readonly contacts?: readonly ContactInput[] };

export const zNewPartners = z.object({ items: zList(zNewPartner, 1000) });

export const zPartnerChange = z.object({
  id: zId(),
  version: z.int(),
  ...optionalFields,
  ...z.object(fields).partial().shape,
});

export type PartnerChange = z.infer<typeof zPartnerChange>;
