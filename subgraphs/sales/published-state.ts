import type { PostalAddress } from '@valeo/kit/validate.ts';

/** What sales reads of a partner, as the CRM publishes it (`crm.BusinessPartner`). */
export interface PartnerState {
  readonly number: string;
  readonly name: string;
  readonly country: string;
  readonly vatId: string | null;
  readonly paymentTermDays: number;
  readonly billingAddress: PostalAddress | null;
}

/** What sales reads of an article (`inventory.Article`). */
export interface ArticleState {
  readonly sku: string;
  readonly name: string;
  readonly kind: 'GOODS' | 'SERVICE';
  readonly unit: string;
  readonly price: string;
  readonly taxCode: string;
}
