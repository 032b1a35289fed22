import type { Database, Tx } from '@valeo/kit/tenant-db.ts';
import { addMember, createCompany, type NewCompany } from '../company/create-company.ts';
import { hashPassword } from '../password/password.ts';
import { OWNER } from '../role/roles.ts';
import { systemSession } from '../system-session.ts';
import { accountByEmail, createAccount } from '../user/user.queries.ts';
import { type UserAccount, user } from '../user/user.tables.ts';

export interface DemoCompany {
  readonly companyId: string;
  readonly ownerId: string;
}

/** Public, which is why demo users are refused on a network unless forced. */
const PASSWORD = 'demo-valeo-2026';

/** Invented companies. The numbers pass their check digits and are well-known examples. */
const wholesaler: NewCompany = {
  name: 'Elbwarder Handel GmbH',
  legalName: 'Elbwarder Handel GmbH',
  address: { name: null, street: 'Beispielkai 12', postalCode: '20457', city: 'Hamburg', country: 'DE' },
  country: 'DE',
  chart: 'SKR03',
  taxNumber: '48/123/01234',
  vatId: 'DE123456788',
  iban: 'DE02120300000000202051',
  bic: 'BYLADEM1001',
  bankName: 'Beispielbank',
  phone: '+49 40 555 0100',
  email: 'kontor@elbwarder.example',
  website: 'https://elbwarder.example',
  registration: 'Amtsgericht Hamburg, HRB 12345 (Beispiel)',
  directors: 'Erika Mustermann',
  locale: 'de',
};

const northwind: NewCompany = {
  name: 'Northwind Traders GmbH',
  legalName: 'Northwind Traders GmbH',
  address: { name: null, street: 'Musterallee 1', postalCode: '28195', city: 'Bremen', country: 'DE' },
  country: 'DE',
  chart: 'SKR04',
  taxNumber: '60/123/01234',
  vatId: 'DE111111117',
  iban: 'DE02500105170137075030',
  bic: 'INGDDEFF',
  bankName: 'Beispielbank',
  phone: '+49 421 555 0100',
  email: 'office@northwind.example',
  website: 'https://northwind.example',
  registration: 'Amtsgericht Bremen, HRB 54321 (Beispiel)',
  directors: 'Max Mustermann',
  locale: 'en',
};

/** The demo companies and users; running it again answers the same ones. */
export async function createDemoUsers(
  database: Database,
): Promise<{ wholesaler: DemoCompany; northwind: DemoCompany }> {
  const passwordHash = await hashPassword(PASSWORD);
  const person = (email: string, name: string, locale: 'de' | 'en') => ({ email, name, locale, passwordHash });
  return database.transaction({ ...systemSession, requestId: 'demo' }, async (tx) => ({
    northwind: await ownedCompany(tx, northwind, person('northwind@valeo.example', 'Nancy Davolio', 'en')),
    wholesaler: await ownedCompany(
      tx,
      wholesaler,
      person('demo@valeo.example', 'Erika Mustermann', 'de'),
      async (name) => {
        const auditor = await createAccount(tx, person('auditor@valeo.example', 'Paul Prüfer', 'de'));
        if (auditor) await addMember(tx, auditor, 'auditor', name);
      },
    ),
  }));
}

async function ownedCompany(
  tx: Tx,
  values: NewCompany,
  owner: typeof user.$inferInsert,
  furnish: (name: string) => Promise<void> = async () => {},
): Promise<DemoCompany> {
  const known = await accountByEmail(tx, owner.email);
  if (known?.lastCompanyId) return { companyId: known.lastCompanyId, ownerId: known.id };
  const account = (await createAccount(tx, owner)) as UserAccount;
  const companyId = await createCompany(tx, values, account);
  await furnish(values.name);
  return { companyId, ownerId: account.id };
}
