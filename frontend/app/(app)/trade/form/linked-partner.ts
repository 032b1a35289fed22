import { FindCustomers } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import type { ChosenPartner } from '#ui/PartnerField.tsx';

interface LinkedPartner extends ChosenPartner {
  readonly paymentTermDays: number;
}

/** The partner that a link names by number. */
export async function linkedPartner(number: string | undefined): Promise<LinkedPartner | null> {
  if (!number) return null;
  const [{ format }, { businessPartners }] = await Promise.all([
    language(),
    ask(FindCustomers, { filter: { number: { eq: number } } }),
  ]);
  const partner = businessPartners?.edges[0]?.node;
  return partner
    ? {
        id: partner.id,
        name: partner.name,
        detail: `${partner.number}, ${format.country(partner.country)}`,
        country: partner.country,
        paymentTermDays: partner.paymentTermDays,
      }
    : null;
}
