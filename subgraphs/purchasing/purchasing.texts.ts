import type { Texts } from '@valeo/kit/texts.ts';

export const purchasingTexts: Texts = {
  UNKNOWN_SUPPLIER: {
    de: 'Diesen Lieferanten gibt es nicht, oder der Partner ist kein Lieferant.',
    en: 'There is no such supplier, or the partner is not a supplier.',
  },
  UNKNOWN_ORDER: {
    de: 'Diese Bestellung gibt es nicht, oder sie ging an einen anderen Lieferanten.',
    en: 'There is no such order, or it went to another supplier.',
  },
  UNKNOWN_WAREHOUSE: { de: 'Dieses Lager gibt es nicht.', en: 'There is no such warehouse.' },
  UNKNOWN_ORDER_LINE: { de: 'Die Bestellung hat keine solche Position.', en: 'The order has no such line.' },
  'UNKNOWN_ORDER_LINE.OTHER_ARTICLE': {
    de: 'Diese Position der Bestellung ist über einen anderen Artikel, {sku}.',
    en: 'This line of the order is of another article, {sku}.',
  },
  UNKNOWN_TAX_CODE: {
    de: 'Der Steuerschlüssel {taxCode} gilt nicht für Einkäufe.',
    en: 'The VAT code {taxCode} is not one for purchases.',
  },
  NOT_ORDERED_YET: {
    de: 'Die Bestellung {number} ist nicht freigegeben oder schon erledigt.',
    en: 'The order {number} is not approved, or done already.',
  },
  NOTHING_TO_RECEIVE: {
    de: 'Von der Bestellung {number} steht nichts mehr aus.',
    en: 'Nothing of the order {number} is outstanding.',
  },
  'UNKNOWN_ORDER.OF_CREDIT_NOTE': {
    de: 'Eine Gutschrift nennt die Rechnung, die sie korrigiert, keine Bestellung.',
    en: 'A credit note names the bill that it corrects, not an order.',
  },
  UNKNOWN_INVOICE: {
    de: 'Diese Eingangsrechnung gibt es nicht, sie ist nicht gebucht oder von einem anderen Lieferanten.',
    en: 'There is no such bill, it is not posted, or it is another supplier’s.',
  },
  'UNKNOWN_INVOICE.CANCELLED': {
    de: 'Die Eingangsrechnung {number} ist storniert und damit schon ganz zurückgenommen.',
    en: 'The bill {number} is cancelled, and with that taken back in full.',
  },
  'UNKNOWN_INVOICE.NOT_CREDITING': {
    de: 'Nur eine Gutschrift korrigiert eine andere Rechnung.',
    en: 'Only a credit note corrects another bill.',
  },
  ALREADY_CREDITED: {
    de: 'Zur Eingangsrechnung {number} steht die Gutschrift {creditNote}; ein Storno nähme ihren Teil noch einmal zurück. Bitte zuerst die Gutschrift stornieren.',
    en: 'The credit note {creditNote} stands against the bill {number}; cancelling would take its part back once more. Please cancel the credit note first.',
  },
  'NOTHING_TO_RECEIVE.DRAFTED': {
    de: 'Was von der Bestellung {number} noch aussteht, steht schon im Entwurf eines Wareneingangs. Bitte dort die Mengen prüfen und buchen.',
    en: 'What is outstanding of the order {number} stands in the draft of a goods receipt already. Please check its quantities and post it.',
  },
  REJECTED_EXCEEDS_RECEIVED: {
    de: 'Es kann nicht mehr abgelehnt werden, als gekommen ist.',
    en: 'No more can be rejected than has come.',
  },
  DUPLICATE_BILL: {
    de: 'Die Rechnung {number} dieses Lieferanten ist in diesem Jahr schon erfasst.',
    en: 'The bill {number} of this supplier has been recorded for this year already.',
  },
  DIFFERENCES_FOUND: {
    de: 'Die Rechnung {number} weicht von Bestellung oder Wareneingang ab. Bitte klären oder mit Begründung anerkennen.',
    en: 'The bill {number} differs from order or receipt. Please clear it up, or accept it and say why.',
  },
  UNKNOWN_ARTICLE: { de: 'Diesen Artikel gibt es nicht.', en: 'There is no such article.' },
  EXTERNAL_NUMBER_TAKEN: { de: 'Den Beleg {number} gibt es schon.', en: 'The document {number} exists already.' },
  NOT_EDITABLE: {
    de: 'Der Beleg {number} ist kein Entwurf mehr.',
    en: 'The document {number} is no longer a draft.',
  },
  NOT_POSTED: { de: 'Das geht nur mit einem gebuchten Beleg.', en: 'This takes a posted document.' },
  ALREADY_CANCELLED: {
    de: 'Der Beleg {number} ist schon storniert.',
    en: 'The document {number} has been cancelled already.',
  },
  ALREADY_REVERSED: {
    de: 'Diese Zahlung ist schon zurückgenommen.',
    en: 'This payment has been taken back already.',
  },
  CREDIT_USED: {
    de: 'Das Guthaben aus dieser Zahlung ist schon verrechnet. Bitte zuerst diese Verrechnung zurücknehmen.',
    en: 'The credit from this payment has been used already. Please take that back first.',
  },
  DISCOUNT_ON_BANK: {
    de: 'Mit der Bankbuchung {number} vom {day:day} wurde Skonto gebucht, das beim Stornieren stehen bliebe. Bitte zuerst die Zuordnung dieses Bankumsatzes zurücknehmen.',
    en: 'The bank posting {number} of {day:day} includes a cash discount that cancelling would leave in place. Please take the assignment of this bank transaction back first.',
  },
  AMOUNT_EXCEEDS_OPEN: { de: 'Offen sind nur noch {open:money}.', en: 'Only {open:money} is still open.' },
  STATUS_NOT_ALLOWED: {
    de: 'Von {from} nach {to} geht es nicht.',
    en: 'There is no way from {from} to {to}.',
  },
  PERIOD_CLOSED: { de: 'Die Periode {period:month} ist geschlossen.', en: 'The period {period:month} is closed.' },
  UNKNOWN_ACCOUNT: { de: 'Das Konto {account} gibt es nicht.', en: 'There is no account {account}.' },
  CONTROL_ACCOUNT: {
    de: 'Das Sammelkonto {account} wird nur über Personenkonten bebucht.',
    en: 'The control account {account} is posted through personal accounts only.',
  },
  'CONTROL_ACCOUNT.SETTLED': {
    de: 'Auf dem Konto {account} stehen die Posten, die bezahlt werden. Bitte das Konto der Bank oder Kasse angeben.',
    en: 'The account {account} is the one with the items that are paid. Please name the account of the bank or the cash.',
  },
  ACCOUNT_INACTIVE: {
    de: 'Das Konto {account} darf nicht mehr bebucht werden.',
    en: 'The account {account} must not be posted to any more.',
  },
};
