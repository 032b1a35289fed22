import type { Locale } from '@valeo/kit/caller.ts';

interface Letter {
  readonly subject: string;
  readonly body: string;
}

/** Mails in plain text. `{name}` is replaced by the parameter of that name. */
export const letters = {
  invitation: {
    de: {
      subject: 'Einladung zu {company} in VALEO NeuroERP',
      body: `Guten Tag,

{inviter} lädt Sie ein, in VALEO NeuroERP für {company} zu arbeiten.

Einladung annehmen (gültig bis {until}):
{link}

Wenn Sie diese Einladung nicht erwartet haben, brauchen Sie nichts zu tun.
`,
    },
    en: {
      subject: 'Invitation to {company} in VALEO NeuroERP',
      body: `Hello,

{inviter} invites you to work for {company} in VALEO NeuroERP.

Accept the invitation (valid until {until}):
{link}

If you did not expect this invitation, you need not do anything.
`,
    },
  },
  passwordReset: {
    de: {
      subject: 'Neues Passwort für VALEO NeuroERP',
      body: `Guten Tag {name},

für Ihr Konto wurde ein neues Passwort angefordert. Der Link gilt eine Stunde und einmal:
{link}

Wenn Sie das nicht waren, brauchen Sie nichts zu tun; Ihr Passwort bleibt, wie es ist.
`,
    },
    en: {
      subject: 'New password for VALEO NeuroERP',
      body: `Hello {name},

a new password was requested for your account. The link is good for one hour and one use:
{link}

If that was not you, you need not do anything; your password stays as it is.
`,
    },
  },
  passwordChanged: {
    de: {
      subject: 'Ihr Passwort wurde geändert',
      body: `Guten Tag,

das Passwort Ihres Kontos bei VALEO NeuroERP wurde geändert. Andere Geräte wurden abgemeldet.

Wenn Sie das nicht waren, fordern Sie bitte sofort ein neues Passwort an und sprechen Sie mit dem Inhaber Ihrer Firma.
`,
    },
    en: {
      subject: 'Your password was changed',
      body: `Hello,

the password of your VALEO NeuroERP account was changed. Other devices have been signed out.

If that was not you, please request a new password at once and talk to the owner of your company.
`,
    },
  },
} satisfies Record<string, Record<Locale, Letter>>;

export type LetterName = keyof typeof letters;

/** The mail in the reader's language. Parameters lose line breaks, so that none of them can look like text of ours. */
export function letter(name: LetterName, locale: Locale, params: Readonly<Record<string, string>>): Letter {
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, key: string) => (params[key] ?? '').replace(/[\r\n]+/g, ' '));
  const { subject, body } = letters[name][locale];
  return { subject: fill(subject), body: fill(body) };
}
