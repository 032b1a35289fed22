import type { Texts } from '@valeo/kit/texts.ts';

export const salesTexts: Texts = {
  UNKNOWN_CUSTOMER: { de: 'Diesen Kunden gibt es nicht.', en: 'There is no such customer.' },
  UNKNOWN_ARTICLE: { de: 'Diesen Artikel gibt es nicht.', en: 'There is no such article.' },
  UNKNOWN_TAX_CODE: {
    de: 'Der Steuerschlüssel {taxCode} gilt nicht für Verkäufe.',
    en: 'The VAT code {taxCode} is not one for sales.',
  },
  TAX_CODE_WITHOUT_ACCOUNT: {
    de: 'Für {taxCode} kennt der Kontenrahmen kein Erlöskonto, damit lässt sich keine Rechnung buchen.',
    en: 'The chart of accounts knows no revenue account for {taxCode}, so that no invoice with it can be posted.',
  },
  VAT_ID_REQUIRED: {
    de: 'Für {taxCode} braucht der Kunde eine USt-IdNr., bei Umsätzen in andere EU-Staaten eine von dort. Ohne sie ist deutsche Umsatzsteuer zu berechnen.',
    en: 'For {taxCode} the customer needs a VAT id, on supplies to other EU states one from there. Without it, German VAT is due.',
  },
  EXTERNAL_NUMBER_TAKEN: { de: 'Den Beleg {number} gibt es schon.', en: 'The document {number} exists already.' },
  NOT_DRAFT: {
    de: 'Der Beleg {number} ist gebucht und kann nicht mehr geändert werden.',
    en: 'The document {number} is posted and cannot be changed.',
  },
  NOT_POSTED: { de: 'Das geht nur mit einem gebuchten Beleg.', en: 'This takes a posted document.' },
  'NOT_POSTED.CANCELLATION': {
    de: 'Ein Stornobeleg bleibt stehen. Bitte statt seiner eine neue Rechnung schreiben.',
    en: 'A cancellation document stays. Please write a new invoice instead.',
  },
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
  UNKNOWN_DELIVERY: {
    de: 'Diese Lieferung gibt es nicht, sie ist nicht versandt oder gehört einem anderen Kunden.',
    en: 'There is no such delivery, it is not shipped, or it is another customer’s.',
  },
  'UNKNOWN_DELIVERY.CAME_BACK': {
    de: 'Die Ware der Lieferung {number} ist zurückgekommen. Bitte ihre Positionen aus dem Entwurf nehmen oder ihn löschen.',
    en: 'The goods of the delivery {number} have come back. Please take its lines out of the draft, or delete it.',
  },
  UNKNOWN_ORDER: {
    de: 'Diesen Auftrag gibt es nicht, oder er gehört einem anderen Kunden.',
    en: 'There is no such order, or it is another customer’s.',
  },
  UNKNOWN_ORDER_LINE: { de: 'Der Auftrag hat keine solche Position.', en: 'The order has no such line.' },
  'UNKNOWN_ORDER_LINE.OTHER_ARTICLE': {
    de: 'Diese Position des Auftrags ist über einen anderen Artikel, {sku}.',
    en: 'This line of the order is of another article, {sku}.',
  },
  OVER_INVOICED: {
    de: 'Von {sku} wäre mehr berechnet als bestellt oder geliefert.',
    en: 'More of {sku} would be billed than was ordered or delivered.',
  },
  'OVER_INVOICED.DELIVERED': {
    de: 'Die Ware {sku} ist schon geliefert und ginge mit der Rechnung noch einmal hinaus. Bitte in der Zeile die Lieferung angeben.',
    en: 'The goods {sku} have been delivered and would leave once more with the invoice. Please name the delivery in the line.',
  },
  'OVER_INVOICED.CREDITED': {
    de: 'Von {sku} wäre mehr gutgeschrieben als berechnet.',
    en: 'More of {sku} would be credited than was billed.',
  },
  'OVER_INVOICED.CREDITED_IN_ALL': {
    de: 'Zum Steuerschlüssel {taxCode} wäre mehr gutgeschrieben, als die Rechnung berechnet.',
    en: 'More would be credited under the VAT code {taxCode} than the invoice bills.',
  },
  UNKNOWN_INVOICE: {
    de: 'Diese Rechnung gibt es nicht, sie ist nicht gebucht oder gehört einem anderen Kunden.',
    en: 'There is no such invoice, it is not posted, or it is another customer’s.',
  },
  'UNKNOWN_INVOICE.CANCELLED': {
    de: 'Die Rechnung {number} ist storniert und damit schon ganz zurückgenommen.',
    en: 'The invoice {number} is cancelled, and with that taken back in full.',
  },
  'UNKNOWN_INVOICE.NOT_CREDITING': {
    de: 'Nur eine Gutschrift korrigiert eine andere Rechnung.',
    en: 'Only a credit note corrects another invoice.',
  },
  ALREADY_CREDITED: {
    de: 'Zur Rechnung {number} steht die Gutschrift {creditNote}; ein Storno nähme ihren Teil noch einmal zurück. Bitte zuerst die Gutschrift stornieren oder den Rest gutschreiben.',
    en: 'The credit note {creditNote} stands against the invoice {number}; cancelling would take its part back once more. Please cancel the credit note first, or credit the rest.',
  },
  NOT_EDITABLE: {
    de: 'Der Beleg {number} ist kein Entwurf mehr.',
    en: 'The document {number} is no longer a draft.',
  },
  UNKNOWN_WAREHOUSE: { de: 'Dieses Lager gibt es nicht.', en: 'There is no such warehouse.' },
  NOT_CONFIRMED: { de: 'Der Auftrag {number} ist nicht bestätigt.', en: 'The order {number} is not confirmed.' },
  NOT_CANCELLABLE: {
    de: 'Am Auftrag {number} ist nichts mehr offen, was storniert werden könnte.',
    en: 'Nothing of the order {number} is left to cancel.',
  },
  NOTHING_TO_INVOICE: { de: 'Es ist nichts zu berechnen.', en: 'There is nothing to bill.' },
  NOTHING_TO_DELIVER: {
    de: 'Am Auftrag {number} ist nichts mehr zu liefern.',
    en: 'Nothing of the order {number} is left to deliver.',
  },
  'NOTHING_TO_DELIVER.DRAFTED': {
    de: 'Was am Auftrag {number} noch zu liefern ist, steht im Entwurf einer Rechnung und geht mit ihr hinaus. Zum Liefern bitte den Entwurf löschen.',
    en: 'What is left to deliver of the order {number} stands in the draft of an invoice and leaves with it. To deliver it, please delete the draft.',
  },
  OVER_DELIVERY: {
    de: 'Von {sku} sind nur noch {open:number} offen.',
    en: 'Only {open:number} of {sku} is left to deliver.',
  },
  OVER_RETURNED: {
    de: 'Von {sku} sind nur noch {open:number} beim Kunden.',
    en: 'Only {open:number} of {sku} is still with the customer.',
  },
  'OVER_RETURNED.NO_LINE': {
    de: 'Die Lieferung hat keine Position {position}.',
    en: 'The delivery has no line {position}.',
  },
  NOT_SHIPPED: { de: 'Die Lieferung {number} ist nicht versandt.', en: 'The delivery {number} is not shipped.' },
  STATUS_NOT_ALLOWED: {
    de: 'Von {from} nach {to} geht es nicht.',
    en: 'There is no way from {from} to {to}.',
  },
};
