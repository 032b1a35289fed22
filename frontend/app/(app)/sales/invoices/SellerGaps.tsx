import { SellerGaps as GapsOfSeller } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { viewer } from '#shell/viewer.ts';

/**
 * What § 14 UStG asks of the seller and the company has not said yet. An invoice keeps what stood there when it was posted, so
 * whoever is about to post is told before.
 */
export async function SellerGaps({ taxCodes = [] }: { taxCodes?: readonly string[] }) {
  const [{ t }, { permissions }] = await Promise.all([language(), viewer()]);
  // To others the data of the company look as if there were none.
  if (!permissions.includes('company:read')) return null;
  const company = (await ask(GapsOfSeller, {})).viewer?.company;
  if (!company) return null;
  const { address, taxNumber, vatId } = company;
  const missing = [
    !(address?.street && address.postalCode && address.city) && t('partner.address'),
    !taxNumber && !vatId && t('invoice.gapTax'),
    // § 14a UStG: supplies to businesses in other EU states name the VAT ids of both.
    taxNumber && !vatId && taxCodes.some((code) => ['IGL', 'S21', 'DREI42'].includes(code)) && t('field.vatId'),
  ].filter(Boolean);
  if (missing.length === 0) return null;
  return (
    <span className="late">
      {t('invoice.gaps', { missing: missing.join(', ') })} <a href="/settings?tab=company">{t('settings.company')}</a>
    </span>
  );
}
