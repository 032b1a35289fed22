import type { Texts } from '@valeo/kit/texts.ts';

export const identityTexts: Texts = {
  INVALID_CREDENTIALS: {
    de: 'E-Mail-Adresse oder Passwort stimmt nicht.',
    en: 'The e-mail address or the password is wrong.',
  },
  TOO_MANY_ATTEMPTS: {
    de: 'Zu viele Fehlversuche. Bitte in {seconds} Sekunden noch einmal versuchen.',
    en: 'Too many failed attempts. Please try again in {seconds} seconds.',
  },
  NO_COMPANY: {
    de: 'Dieses Konto gehört zu keiner Firma. Bitte lassen Sie sich einladen.',
    en: 'This account belongs to no company. Please ask for an invitation.',
  },
  INVALID_REFRESH_TOKEN: {
    de: 'Die Sitzung ist beendet. Bitte melden Sie sich an.',
    en: 'The session has ended. Please sign in.',
  },
  EMAIL_TAKEN: {
    de: 'Mit dieser Adresse gibt es schon ein Konto.',
    en: 'An account with this address exists already.',
  },
  WEAK_PASSWORD: {
    de: 'Das Passwort ist zu leicht zu erraten. Gebraucht werden mindestens 12 Zeichen, nichts Bekanntes und nicht die eigene Adresse.',
    en: 'The password is too easy to guess. Needed are at least 12 characters, nothing well-known and not your own address.',
  },
  INVALID_TOKEN: {
    de: 'Dieser Link gilt nicht mehr. Bitte fordern Sie einen neuen an.',
    en: 'This link is no longer valid. Please ask for a new one.',
  },
  ALREADY_MEMBER: {
    de: '{email} arbeitet schon in dieser Firma.',
    en: '{email} works for this company already.',
  },
  ROLE_NOT_ALLOWED: {
    de: 'Diese Rolle darf mehr als Sie; das kann nur jemand mit diesen Rechten.',
    en: 'This role may do more than you; only somebody with these permissions can do that.',
  },
  ROLE_IN_USE: {
    de: 'Diese Rolle hat noch jemand.',
    en: 'Somebody still has this role.',
  },
  NAME_TAKEN: {
    de: 'Den Namen {name} gibt es schon.',
    en: 'The name {name} exists already.',
  },
  LAST_OWNER: {
    de: 'Das ist der letzte Inhaber; eine Firma braucht einen.',
    en: 'This is the last owner; a company needs one.',
  },
  SCOPE_NOT_ALLOWED: {
    de: 'Das Recht {scope} haben Sie selbst nicht.',
    en: 'You do not have the permission {scope} yourself.',
  },
  TOO_MANY: {
    de: 'Mehr als {max} sind nicht möglich.',
    en: 'More than {max} are not possible.',
  },
};
