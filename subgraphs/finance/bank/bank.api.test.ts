import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@valeo/kit/ids.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { finance } from '../finance.subgraph.ts';
import { postEntries } from '../ledger/ledger.ts';

const { one, two, ask, answer, mutate, publish, services } = await twoTenants(finance);

const sample = (name: string) => readFileSync(join(import.meta.dirname, '..', 'data', 'camt', name), 'utf8');
const NODE =
  'id status amount { amount } currency partner { id } note version journalEntry { id lines { account { number kind } debit { amount } credit { amount } } } openItem { status openAmount { amount } }';
const run = (name: string, input: object, caller = one) =>
  mutate(name, input, `bankTransaction { ${NODE} } error { code message fields { path code } }`, caller);
const load = async (xml: string, more: object = {}) =>
  (
    await ask(
      one,
      'mutation ($input: ImportBankStatementInput!) { importBankStatement(input: $input) { added skipped statements { bankAccount opening closing difference entries } error { code message fields { path } } } }',
      { input: { xml, ...more } },
    )
  ).importBankStatement;
const transactions = async (account: string) =>
  (
    await ask(
      one,
      'query ($a: String) { bankTransactions(filter: { bankAccount: { eq: $a } }) { edges { node { bookedOn amount { amount } counterpartName counterpartIban purpose endToEndId } } } }',
      { a: account },
    )
  ).bankTransactions.edges.map(({ node }: { node: object }) => node);

const booked = sample('viafintech_053_valid_example.xml');
/** Hardly to be compressed. */
const noise = (length: number) => randomBytes(length).toString('hex').slice(0, length);

const customer = newId();
const supplier = newId();
let claim: string;
let debt: string;

beforeAll(async () => {
  await publish(one, 'crm.BusinessPartner', customer, { name: 'Kunde', country: 'DE' });
  await publish(one, 'crm.BusinessPartner', supplier, { name: 'Lieferant', country: 'DE' });
  const post = (lines: object[], reference: string) =>
    ask(
      one,
      'mutation ($input: PostJournalEntriesInput!) { postJournalEntries(input: $input) { errors { message } } }',
      {
        input: { entries: [{ postedOn: '2024-01-02', text: reference, reference, lines }] },
      },
    );
  await post(
    [
      { customerId: customer, debit: '100.00' },
      { account: '8400', credit: '100.00' },
    ],
    'CLAIM',
  );
  const partner = { id: supplier, name: 'Lieferant', kind: 'CREDITOR' as const };
  const session = { domain: 'purchasing', tenantId: one.tenantId, userId: one.userId, requestId: 'test' };
  await services.database.transaction(session, (tx) =>
    postEntries(tx, [
      {
        postedOn: '2024-01-02',
        text: 'DEBT',
        reference: 'DEBT',
        source: { type: 'purchasing.SupplierInvoice', id: newId() },
        lines: [
          { to: { account: '3400' }, side: 'debit', amount: 6000n },
          { to: { partner }, side: 'credit', amount: 6000n },
        ],
        openItem: { partner, dueOn: '2024-01-31', amount: 6000n },
      },
    ]),
  );
  const { openItems } = await ask(one, '{ openItems(first: 10) { edges { node { id kind } } } }');
  const of = (kind: string) =>
    openItems.edges.find(({ node }: { node: { kind: string } }) => node.kind === kind)?.node.id;
  claim = of('RECEIVABLE');
  debt = of('PAYABLE');
});

describe('import', () => {
  test('a statement comes in with its batch taken apart, and a second time adds nothing', async () => {
    const xml = sample('viafintech_053_valid_example.xml');
    expect((await load(xml, { dryRun: true })).added).toBe(5);
    expect(await load(xml)).toMatchObject({
      added: 5,
      skipped: 0,
      statements: [
        { bankAccount: 'DE14740618130000033626', opening: '33.06', closing: '23.06', difference: '0.00', entries: 5 },
      ],
    });
    expect(await load(xml)).toMatchObject({ added: 0, skipped: 5 });
    const found = await transactions('DE14740618130000033626');
    expect(found.map(({ amount }: { amount: { amount: string } }) => amount.amount).sort()).toEqual([
      '-2.00',
      '-2.50',
      '-3.00',
      '-3.50',
      '1.00',
    ]);
    expect(found).toContainEqual({
      bookedOn: '2013-12-27',
      amount: { amount: '-2.00' },
      counterpartName: 'Testkonto Nummer 2',
      counterpartIban: 'DE09300606010012345671',
      purpose: 'TEST BERWEISUNG MITTELS BLZUND KONTONUMMER - DTA',
      endToEndId: 'EndToEndReference',
    });
  });
  test('versions .04 and .08 are read as well', async () => {
    expect((await load(sample('genkgo_camt053.v4.xml'), { acceptUnbalanced: true })).added).toBeGreaterThan(0);
    await load(sample('viafintech_053_valid_example_v8.xml'), { acceptUnbalanced: true });
    expect(await transactions('CH1111111111111111111')).toContainEqual(
      expect.objectContaining({ counterpartName: 'Jon Doe', purpose: 'INVOICE R77561', amount: { amount: '474.40' } }),
    );
  });
  test('a statement that does not add up is refused, unless it is wanted so', async () => {
    const xml = sample('viafintech_053_valid_example_with_batch.xml');
    expect((await load(xml)).error).toMatchObject({ code: 'STATEMENT_UNBALANCED', fields: [{ path: 'xml' }] });
    expect((await load(xml, { acceptUnbalanced: true })).added).toBeGreaterThan(0);
  });
  test.each([
    ['no statement', () => sample('genkgo_camt053.v2.wrong.xml')],
    ['no XML', () => 'Datum;Betrag'],
    ['broken XML', () => '<Document><BkToCstmrStmt>'],
    ['a character that no database keeps', () => booked.replace('<Ustrd>', '<Ustrd>\0')],
    ['a reference longer than any bank gives', () => booked.replace('<AcctSvcrRef>', `<AcctSvcrRef>${noise(9_000)}`)],
    ['an account longer than any bank has', () => booked.replace('<IBAN>', `<IBAN>${noise(9_000)}`)],
  ])('%s is refused and told', async (_, xml) => {
    const { error } = await load(xml());
    expect(error).toMatchObject({ code: 'INVALID_STATEMENT', fields: [{ path: 'xml' }] });
    expect(error.message).toMatch(/camt\.053 \(XML\)/);
  });
});

describe('transaction', () => {
  const create = async (amount: string, more: object = {}) =>
    (await run('createBankTransaction', { bankAccount: 'DE02', bookedOn: '2024-02-01', amount, ...more }))
      .bankTransaction;

  test('a receipt settles a claim in part and in full, a payment a debt', async () => {
    const { bankTransaction } = await run('matchBankTransaction', {
      id: (await create('40.00')).id,
      openItemId: claim,
    });
    expect(bankTransaction).toMatchObject({
      status: 'MATCHED',
      partner: { id: customer },
      openItem: { status: 'PARTIAL', openAmount: { amount: '60.00' } },
      journalEntry: {
        lines: [
          { account: { number: '1200' }, debit: { amount: '40.00' } },
          { account: { kind: 'DEBTOR' }, credit: { amount: '40.00' } },
        ],
      },
    });
    expect((await run('matchBankTransaction', { id: bankTransaction.id, openItemId: claim })).error.code).toBe(
      'ALREADY_MATCHED',
    );
    expect(
      (await run('matchBankTransaction', { id: (await create('60.01')).id, openItemId: claim })).error,
    ).toMatchObject({ code: 'AMOUNT_EXCEEDS_OPEN', fields: [{ path: 'openItemId' }] });
    expect((await run('matchBankTransaction', { id: (await create('-1.00')).id, openItemId: claim })).error.code).toBe(
      'AMOUNT_EXCEEDS_OPEN',
    );
    const paid = await run('matchBankTransaction', { id: (await create('-60.00')).id, openItemId: debt });
    expect(paid.bankTransaction).toMatchObject({
      openItem: { status: 'CLEARED' },
      journalEntry: { lines: [{ credit: { amount: '60.00' } }, { account: { kind: 'CREDITOR' } }] },
    });
  });
  test('what cannot be posted is refused and stays open', async () => {
    const match = async (more: object, bookedOn = '2024-02-01') =>
      (await run('matchBankTransaction', { id: (await create('1.00', { bookedOn })).id, openItemId: claim, ...more }))
        .error.code;
    expect(await match({ openItemId: newId() })).toBe('UNKNOWN_OPEN_ITEM');
    expect(await match({ account: '9' })).toBe('UNKNOWN_ACCOUNT');
    expect(await match({ account: '1400' })).toBe('CONTROL_ACCOUNT');
    expect(await match({}, '1970-01-01')).toBe('DATE_OUT_OF_RANGE');
    await ask(one, 'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { error { code } } }', {
      input: { fiscalYear: 2018, month: 5, state: 'LOCKED' },
    });
    expect(await match({}, '2018-05-05')).toBe('PERIOD_CLOSED');
    const { bankTransactions } = await ask(
      one,
      '{ bankTransactions(filter: { currency: { eq: "CHF" } }, first: 1) { edges { node { id } } } }',
    );
    expect(
      (await run('matchBankTransaction', { id: bankTransactions.edges[0].node.id, openItemId: claim })).error.code,
    ).toBe('FOREIGN_CURRENCY');
  });
  test('partner and note can be changed, by the latest version only', async () => {
    const { id } = await create('5.00');
    expect(
      (await run('updateBankTransaction', { id, version: 1, partnerId: customer, note: 'ask' })).bankTransaction,
    ).toMatchObject({ partner: { id: customer }, note: 'ask', version: 2, amount: { amount: '5.00' } });
    expect((await run('updateBankTransaction', { id, version: 1, note: 'mine' })).error).toMatchObject({
      code: 'CONFLICT',
      fields: [{ path: 'note' }],
    });
    expect((await run('updateBankTransaction', { id, version: 2, partnerId: newId() })).error.code).toBe(
      'UNKNOWN_PARTNER',
    );
    expect(
      (
        await run('createBankTransaction', {
          bankAccount: 'x',
          bookedOn: '2024-02-01',
          amount: '1',
          partnerId: newId(),
        })
      ).error.code,
    ).toBe('UNKNOWN_PARTNER');
    expect(
      (await run('createBankTransaction', { bankAccount: 'x', bookedOn: '2024-02-01', amount: '0.00' })).error.fields,
    ).toMatchObject([{ path: 'amount', code: 'AMOUNT_ZERO' }]);
  });
  test('another company neither sees nor touches it, and posting is a right of its own', async () => {
    const { id } = await create('5.00');
    expect(
      await ask(two, 'query ($id: ID!) { bankTransaction(id: $id) { id } bankTransactions { totalCount } }', { id }),
    ).toEqual({ bankTransaction: null, bankTransactions: { totalCount: 0 } });
    expect((await run('updateBankTransaction', { id, version: 1, note: 'x' }, two)).error.code).toBe('NOT_FOUND');
    expect((await run('matchBankTransaction', { id, openItemId: claim }, two)).error.code).toBe('NOT_FOUND');
    const match =
      'mutation ($input: MatchBankTransactionInput!) { matchBankTransaction(input: $input) { error { code } } }';
    expect(
      (await answer(withPermissions(one, 'finance:write'), match, { input: { id, openItemId: claim } })).errors,
    ).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await answer(null, '{ bankTransactions { totalCount } }')).errors).toMatchObject([
      { code: 'UNAUTHENTICATED' },
    ]);
  });
});
