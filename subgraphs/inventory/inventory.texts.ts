import type { Texts } from '@valeo/kit/texts.ts';

export const inventoryTexts: Texts = {
  SKU_TAKEN: { de: 'Die Artikelnummer {sku} ist vergeben.', en: 'The article number {sku} is taken.' },
  EXTERNAL_NUMBER_TAKEN: {
    de: 'Die externe Nummer {number} ist vergeben.',
    en: 'The external number {number} is taken.',
  },
  UNKNOWN_TAX_CODE: {
    de: 'Der Steuerschlüssel {taxCode} gilt nicht für Verkäufe.',
    en: 'The VAT code {taxCode} is not one for sales.',
  },
  TAX_CODE_WITHOUT_ACCOUNT: {
    de: 'Für {taxCode} kennt der Kontenrahmen kein Erlöskonto, damit lässt sich keine Rechnung buchen.',
    en: 'The chart of accounts knows no revenue account for {taxCode}, so that no invoice with it can be posted.',
  },
  WAREHOUSE_CODE_TAKEN: { de: 'Das Kürzel {code} ist vergeben.', en: 'The code {code} is taken.' },
  WAREHOUSE_NOT_EMPTY: {
    de: 'In diesem Lager liegt noch Bestand. Bitte zuerst auf null bringen.',
    en: 'This warehouse still holds stock. Please bring it to zero first.',
  },
  STANDARD_WAREHOUSE: {
    de: 'Das ist das Standardlager. Bitte zuerst ein anderes dazu machen.',
    en: 'This is the standard warehouse. Please make another one the standard first.',
  },
  UNKNOWN_ARTICLE: { de: 'Diesen Artikel gibt es nicht.', en: 'There is no such article.' },
  UNKNOWN_WAREHOUSE: { de: 'Dieses Lager gibt es nicht.', en: 'There is no such warehouse.' },
  ARTICLE_HAS_NO_STOCK: { de: 'Eine Leistung hat keinen Bestand.', en: 'A service has no stock.' },
  QUANTITY_ZERO: { de: 'Die Menge darf nicht null sein.', en: 'The quantity must not be zero.' },
};
