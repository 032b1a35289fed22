import type { Texts } from '@valeo/kit/texts.ts';

export const financeTexts: Texts = {
  UNKNOWN_ACCOUNT: { de: 'Das Konto {account} gibt es nicht.', en: 'There is no account {account}.' },
  ACCOUNT_INACTIVE: {
    de: 'Das Konto {account} darf nicht mehr bebucht werden.',
    en: 'The account {account} must not be posted to any more.',
  },
  CONTROL_ACCOUNT: {
    de: 'Das Sammelkonto {account} wird nur über Personenkonten bebucht.',
    en: 'The control account {account} is posted through personal accounts only.',
  },
  'CONTROL_ACCOUNT.SETTLED': {
    de: 'Auf dem Konto {account} stehen die Posten, die bezahlt werden. Bitte das Konto der Bank oder Kasse angeben.',
    en: 'The account {account} is the one with the items that are paid. Please name the account of the bank or the cash.',
  },
  UNKNOWN_TAX_CODE: { de: 'Den Steuerschlüssel {taxCode} gibt es nicht.', en: 'There is no VAT code {taxCode}.' },
  ENTRY_UNBALANCED: {
    de: 'Soll ({debit:money}) und Haben ({credit:money}) sind nicht gleich, Differenz {difference:money}.',
    en: 'Debit ({debit:money}) and credit ({credit:money}) differ by {difference:money}.',
  },
  ENTRY_TOO_SHORT: { de: 'Eine Buchung braucht mindestens zwei Zeilen.', en: 'An entry needs at least two lines.' },
  DEBIT_XOR_CREDIT: {
    de: 'Eine Zeile hat entweder einen Betrag im Soll oder im Haben, größer als null.',
    en: 'A line has an amount greater than zero either in debit or in credit.',
  },
  TAX_ON_PERSONAL_ACCOUNT: {
    de: 'Ein Personenkonto trägt den Bruttobetrag. Der Steuerschlüssel gehört in die Zeile mit Erlös oder Kosten.',
    en: 'The account of a partner carries the gross amount. The VAT code belongs on the line with revenue or cost.',
  },
  PERIOD_CLOSED: { de: 'Die Periode {period:month} ist geschlossen.', en: 'The period {period:month} is closed.' },
  DRAFTS_IN_PERIOD: {
    de: 'Im Monat {period:month} stehen noch Entwürfe ({count}). Bitte erst buchen, anders datieren oder löschen.',
    en: 'There are drafts in {period:month} ({count}). Please post them, date them otherwise or delete them first.',
  },
  'DRAFTS_IN_PERIOD.DRAFT': {
    de: 'Entwurf vom {day:day} an {name} ({id})',
    en: 'Draft of {day:day} to {name} ({id})',
  },
  ACCOUNT_NUMBER_TAKEN: { de: 'Die Kontonummer {account} ist vergeben.', en: 'The account number {account} is taken.' },
  ENTRY_HAS_DOCUMENT: {
    de: 'Diese Buchung gehört zu einem Beleg. Bitte den Beleg stornieren oder die Zahlung dort zurücknehmen.',
    en: 'This entry belongs to a document. Please cancel the document, or take the payment back there.',
  },
  ALREADY_REVERSED: { de: 'Diese Buchung ist schon storniert.', en: 'This entry has been reversed already.' },
  INVALID_STATEMENT: {
    de: 'Die Datei ist kein lesbarer Kontoauszug. Bitte den Auszug bei der Bank als camt.053 (XML) neu abrufen und unverändert wählen.',
    en: 'The file is not a bank statement that can be read. Please export it from the bank again as camt.053 (XML) and choose it unchanged.',
  },
  STATEMENT_UNBALANCED: {
    de: 'Salden und Umsätze des Auszugs {statement} stimmen nicht überein, Differenz {difference:money}.',
    en: 'Balances and entries of the statement {statement} do not agree, they differ by {difference:money}.',
  },
  UNKNOWN_PARTNER: { de: 'Diesen Geschäftspartner gibt es nicht.', en: 'There is no such business partner.' },
  AMOUNT_ZERO: { de: 'Der Betrag darf nicht null sein.', en: 'The amount must not be zero.' },
  ALREADY_MATCHED: { de: 'Dieser Umsatz ist schon zugeordnet.', en: 'This transaction has been matched already.' },
  UNKNOWN_OPEN_ITEM: { de: 'Diesen offenen Posten gibt es nicht.', en: 'There is no such open item.' },
  AMOUNT_EXCEEDS_OPEN: { de: 'Offen sind nur noch {open:money}.', en: 'Only {open:money} is still open.' },
  AMOUNT_NOT_ASSIGNED: {
    de: 'Umsatz und Zuordnung unterscheiden sich um {difference:money}.',
    en: 'The transaction and what it is assigned to differ by {difference:money}.',
  },
  PARTNERS_DIFFER: {
    de: 'Verrechnet werden nur Posten desselben Geschäftspartners.',
    en: 'Only items of the same business partner are settled against each other.',
  },
  'AMOUNT_NOT_ASSIGNED.CLEARING': {
    de: 'Forderungen und Gutschriften unterscheiden sich um {difference:money}.',
    en: 'Claims and credits differ by {difference:money}.',
  },
  NOT_MATCHED: { de: 'Dieser Umsatz ist nicht zugeordnet.', en: 'This transaction is not matched.' },
  CREDIT_USED: {
    de: 'Das Guthaben aus diesem Umsatz ist schon verrechnet. Bitte zuerst diese Verrechnung zurücknehmen.',
    en: 'The credit from this transaction has been used already. Please take that back first.',
  },
  FOREIGN_CURRENCY: {
    de: 'Umsätze in {currency} können noch nicht zugeordnet werden, nur solche in Euro.',
    en: 'Transactions in {currency} cannot be matched yet, only those in euros.',
  },
};
