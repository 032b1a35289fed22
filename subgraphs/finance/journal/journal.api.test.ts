import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { finance } from '../finance.subgraph.ts';
import { postEntries } from '../ledger/ledger.ts';

const house = await twoTenants(finance);
const { one, two, ask, answer, sql } = house;

const POST = `mutation ($input: PostJournalEntriesInput!) {
  postJournalEntries(input: $input) { entries { id number hash lines { account { number } debit { amount } credit { amount } taxCode taxRole } } errors { index path code message } }
}`;
const post = async (entries: object[], more: object = {}, caller = one) =>
  (await ask(caller, POST, { input: { entries, ...more } })).postJournalEntries;

const entry = (amount: string, more: object = {}) => ({
  postedOn: '2011-03-01',
  text: 'Rent',
  reference: 'R1',
  lines: [
    { account: '4210', debit: amount },
    { account: '1200', credit: amount },
  ],
  ...more,
});

describe('posting', () => {
  test('entries get numbers without a gap, in the order given', async () => {
    const { entries, errors } = await post([entry('10.00'), entry('20.00')]);
    expect(errors).toEqual([]);
    const [first, second] = entries.map((posted: { number: string }) => Number(posted.number.split('-')[1]));
    expect(entries[0].number).toMatch(/^2011-\d{6}$/);
    expect(second).toBe(first + 1);
  });

  test('a gross line is split by its VAT code', async () => {
    const { entries } = await post([
      entry('119.00', {
        lines: [
          { account: '1200', debit: '119.00' },
          { account: '8400', credit: '119.00', taxCode: 'U19' },
        ],
      }),
    ]);
    expect(
      entries[0].lines.map((line: Record<string, { number: string; amount: string }>) => [
        line.account?.number,
        line.debit?.amount,
        line.credit?.amount,
      ]),
    ).toEqual([
      ['1200', '119.00', '0.00'],
      ['8400', '0.00', '100.00'],
      ['1776', '0.00', '19.00'],
    ]);
  });

  test('reverse charge deducts and owes the tax at once', async () => {
    const { entries } = await post([
      entry('100.00', {
        lines: [
          { account: '3425', debit: '100.00', taxCode: 'IGE19' },
          { account: '1200', credit: '100.00' },
        ],
      }),
    ]);
    expect(
      entries[0].lines.map((line: Record<string, { number: string; amount: string }>) => [
        line.account?.number,
        line.debit?.amount,
        line.credit?.amount,
      ]),
    ).toEqual([
      ['3425', '100.00', '0.00'],
      ['1574', '19.00', '0.00'],
      ['1774', '0.00', '19.00'],
      ['1200', '0.00', '100.00'],
    ]);
  });

  test('all faults of all entries are told at once, and nothing is stored', async () => {
    const before = (await ask(one, '{ journalEntries { totalCount } }')).journalEntries.totalCount;
    const { entries, errors } = await post([
      entry('10.00'),
      entry('10.00', {
        lines: [
          { account: '4711', debit: '10.00' },
          { account: '1400', credit: '9.00' },
        ],
      }),
      entry('10.00', {
        lines: [
          { account: '4210', debit: '10.00', credit: '10.00' },
          { account: '1200', credit: '10.00', taxCode: 'X' },
        ],
      }),
      entry('10.00', { lines: [{ account: '4210', debit: '10.00' }] }),
    ]);
    expect(entries).toEqual([]);
    expect(
      errors.map((error: { index: number; path: string; code: string }) => [error.index, error.path, error.code]),
    ).toEqual([
      [1, 'lines.0.account', 'UNKNOWN_ACCOUNT'],
      [1, 'lines.1.account', 'CONTROL_ACCOUNT'],
      [1, 'lines', 'ENTRY_UNBALANCED'],
      [2, 'lines.0', 'DEBIT_XOR_CREDIT'],
      [2, 'lines.1.taxCode', 'UNKNOWN_TAX_CODE'],
      [3, 'lines', 'ENTRY_TOO_SHORT'],
      [3, 'lines', 'ENTRY_UNBALANCED'],
    ]);
    expect((await ask(one, '{ journalEntries { totalCount } }')).journalEntries.totalCount).toBe(before);
  });

  test('a dry run checks everything and posts nothing, and leaves the key unused', async () => {
    const dry = await post([entry('10.00')], { dryRun: true, idempotencyKey: 'dry' });
    expect(dry).toEqual({ entries: [], errors: [] });
    expect((await post([entry('11.00')], { idempotencyKey: 'dry' })).entries).toHaveLength(1);
  });

  test('the same key gives the first answer, also to a call at the same time; another input is refused', async () => {
    const [first, second] = await Promise.all([
      post([entry('77.00')], { idempotencyKey: 'k1' }),
      post([entry('77.00')], { idempotencyKey: 'k1' }),
    ]);
    expect(first.entries).toEqual(second.entries);
    expect((await post([entry('77.00')], { idempotencyKey: 'k1' })).entries).toEqual(first.entries);
    expect((await post([entry('78.00')], { idempotencyKey: 'k1' })).errors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await post([entry('78.00')], { idempotencyKey: 'k1' }, two)).entries).toHaveLength(1);
  });

  test('a closed period takes no entry until it is opened again', async () => {
    const set = (state: string) =>
      ask(
        one,
        'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { accountingPeriod { state } error { code } } }',
        {
          input: { fiscalYear: 2012, month: 2, state },
        },
      );
    await set('LOCKED');
    const { errors } = await post([entry('10.00', { postedOn: '2012-02-10' })]);
    expect(errors).toMatchObject([{ index: 0, path: 'postedOn', code: 'PERIOD_CLOSED' }]);
    await set('OPEN');
    expect((await post([entry('10.00', { postedOn: '2012-02-10' })])).entries).toHaveLength(1);
  });

  test('a month that is closed for daily work takes what the accountant posts, and nothing else', async () => {
    const set = (state: string) =>
      ask(one, 'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { error { code } } }', {
        input: { fiscalYear: 2012, month: 3, state },
      });
    await set('SOFT_CLOSED');
    expect((await post([entry('10.00', { postedOn: '2012-03-10' })])).entries).toHaveLength(1);
    const session = { domain: 'sales', tenantId: one.tenantId, userId: one.userId, requestId: 'test' };
    const daily = await house.services.database.transaction({ ...session, permissions: ['sales:post'] }, (tx) =>
      postEntries(tx, [
        {
          postedOn: '2012-03-10',
          text: 'Sale',
          reference: '',
          source: { type: 'manual', id: null },
          lines: [
            { to: { account: '1200' }, side: 'debit', amount: 100n },
            { to: { account: '8400' }, side: 'credit', amount: 100n },
          ],
        },
      ]),
    );
    expect(daily).toMatchObject({ ok: false, code: 'PERIOD_CLOSED' });
    await set('LOCKED');
    expect((await post([entry('10.00', { postedOn: '2012-03-10' })])).errors).toMatchObject([
      { code: 'PERIOD_CLOSED' },
    ]);
  });

  test('50 postings at once leave no gap and no double', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        post([entry('1.00', { postedOn: '2013-01-01', ...(index % 5 === 0 && { lines: [] }) })]),
      ),
    );
    const rows = await sql<{ sequence: number }>(
      'SELECT sequence FROM finance.journal_entry WHERE fiscal_year = 2013 AND tenant_id = $1 ORDER BY 1',
      [one.tenantId],
    );
    expect(rows.map((row) => row.sequence)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  test('who may only read cannot post', async () => {
    const { errors } = await answer(withPermissions(one, 'finance:read'), POST, {
      input: { entries: [entry('1.00')] },
    });
    expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  test('another company sees neither entries nor balances', async () => {
    const { entries } = await post([entry('5.00', { postedOn: '2005-01-01' })]);
    const seen = await ask(
      two,
      `query ($id: ID!) { journalEntry(id: $id) { id } trialBalance(fiscalYear: 2005) { balance } }`,
      { id: entries[0].id },
    );
    expect(seen).toEqual({ journalEntry: null, trialBalance: [] });
  });
});

describe('reversal', () => {
  const REVERSE = `mutation ($input: ReverseJournalEntryInput!) {
    reverseJournalEntry(input: $input) { journalEntry { id source reverses { id reversedBy { id } } lines { debit { amount } credit { amount } } } error { code fields { path code } } }
  }`;
  const reverse = async (id: string, more: object = {}, caller = one) =>
    (await ask(caller, REVERSE, { input: { id, postedOn: '2014-02-01', reason: 'Wrong account', ...more } }))
      .reverseJournalEntry;

  test('mirrors the entry, and both name each other', async () => {
    const { entries } = await post([entry('10.00', { postedOn: '2014-01-01' })]);
    const [{ id }] = entries;
    const { journalEntry } = await reverse(id);
    expect(journalEntry).toMatchObject({
      source: `reversal:${id}`,
      reverses: { id, reversedBy: { id: journalEntry.id } },
      lines: [{ credit: { amount: '10.00' } }, { debit: { amount: '10.00' } }],
    });
    expect((await reverse(id)).error.code).toBe('ALREADY_REVERSED');
    expect((await reverse(journalEntry.id)).error.code).toBe('ENTRY_HAS_DOCUMENT');
  });

  test('is refused in a closed month, at its field, and to another company', async () => {
    const { entries } = await post([entry('10.00', { postedOn: '2014-01-01' })]);
    await ask(one, 'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { error { code } } }', {
      input: { fiscalYear: 2014, month: 3, state: 'LOCKED' },
    });
    expect((await reverse(entries[0].id, { postedOn: '2014-03-01' })).error).toMatchObject({
      code: 'PERIOD_CLOSED',
      fields: [{ path: 'postedOn', code: 'PERIOD_CLOSED' }],
    });
    expect((await reverse(entries[0].id, {}, two)).error.code).toBe('NOT_FOUND');
  });
});

describe('trial balance', () => {
  test('any balanced entries keep every column of the trial balance at zero in sum, and each account is the sum of its lines', async () => {
    const accounts = ['4210', '1200', '8400', '1000', '0420'];
    const pair = fc.record({
      from: fc.constantFrom(...accounts),
      to: fc.constantFrom(...accounts),
      cents: fc.integer({ min: 1, max: 10_000_000 }),
      year: fc.constantFrom(2030, 2031),
    });
    const expected = new Map<string, bigint>();
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { minLength: 1, maxLength: 20 }), async (pairs) => {
        const { errors } = await post(
          pairs.map(({ from, to, cents, year }) => {
            const amount = (cents / 100).toFixed(2);
            return entry(amount, {
              postedOn: `${year}-06-15`,
              lines: [
                { account: from, debit: amount },
                { account: to, credit: amount },
              ],
            });
          }),
        );
        expect(errors).toEqual([]);
        for (const { from, to, cents } of pairs) {
          expected.set(from, (expected.get(from) ?? 0n) + BigInt(cents));
          expected.set(to, (expected.get(to) ?? 0n) - BigInt(cents));
        }
      }),
      { numRuns: 15 },
    );
    const { trialBalance } = await ask(
      one,
      '{ trialBalance(fiscalYear: 2031) { account { number type } opening debit credit balance } }',
    );
    const total = (column: string) =>
      trialBalance.reduce(
        (sum: bigint, row: Record<string, string>) => sum + BigInt((row[column] ?? '').replace('.', '')),
        0n,
      );
    expect(total('opening')).toBe(0n);
    expect(total('balance')).toBe(0n);
    expect(total('debit')).toBe(total('credit'));
    for (const { account, balance } of trialBalance) {
      // Results of earlier years stand on the account for profit brought forward; only balance sheet accounts are compared.
      if (account.type === 'ASSET_CASH' && account.number === '1000')
        expect(BigInt(balance.replace('.', ''))).toBe(expected.get('1000'));
    }
  });

  test('the result of earlier years is brought forward as a loss or as a profit', async () => {
    const opening = async (year: number) => {
      const list = `{ trialBalance(fiscalYear: ${year}) { account { number } opening } }`;
      const { trialBalance } = await ask(one, list);
      return Object.fromEntries(
        trialBalance.map((row: { account: { number: string }; opening: string }) => [row.account.number, row.opening]),
      );
    };
    await post([entry('100.00', { postedOn: '1985-05-05' })]);
    expect(await opening(1986)).toEqual({ '1200': '-100.00', '0867': '100.00' });
    const sale = [
      { account: '1200', debit: '300.00' },
      { account: '8400', credit: '300.00' },
    ];
    await post([entry('300.00', { postedOn: '1986-05-05', lines: sale })]);
    expect(await opening(1987)).toEqual({ '1200': '200.00', '0865': '-200.00' });
  });

  test('through takes the day itself and nothing after it', async () => {
    await post([entry('10.00', { postedOn: '2040-01-10' }), entry('5.00', { postedOn: '2040-01-11' })]);
    const { trialBalance } = await ask(
      one,
      '{ trialBalance(fiscalYear: 2040, through: "2040-01-10") { account { number } debit } }',
    );
    expect(trialBalance.find((row: { account: { number: string } }) => row.account.number === '4210').debit).toBe(
      '10.00',
    );
  });
});

describe('the ledger defends itself', () => {
  let entryId: string;
  beforeAll(async () => {
    entryId = (await post([entry('10.00', { postedOn: '2020-05-05' }), entry('20.00', { postedOn: '2020-05-06' })]))
      .entries[0].id;
  });

  test.each([
    ["UPDATE finance.journal_entry SET text = 'forged' WHERE id = $1", /append-only/],
    ['DELETE FROM finance.journal_line WHERE entry_id = $1', /append-only/],
  ])('%s is refused, also to the owner', async (statement, reason) => {
    await expect(sql(statement, [entryId])).rejects.toThrow(reason);
  });

  const line = (debit: string, credit: string, position: number) =>
    `(SELECT tenant_id FROM finance.journal_entry WHERE id = $1), 2020, $1::uuid, ${position}, '1200', '2020-05-05'::date, ${debit}, ${credit}`;
  const insertLines = (...lines: string[]) =>
    `INSERT INTO finance.journal_line (tenant_id, fiscal_year, entry_id, position, account, posted_on, debit, credit) VALUES ${lines.map((values) => `(${values})`).join(', ')}`;
  const copyEntry = (sequence: string, previous: string) =>
    `INSERT INTO finance.journal_entry (id, tenant_id, fiscal_year, sequence, number, posted_on, recorded_at, text, reference, source_type, total, previous_hash, hash)
     SELECT gen_random_uuid(), tenant_id, fiscal_year, ${sequence}, 'x', posted_on, recorded_at, text, reference, source_type, total, ${previous}, 'x'
     FROM finance.journal_entry WHERE id = $1`;

  test.each([
    ['lines that do not balance', insertLines(line('5', '0', 90), line('0', '4', 91)), /ENTRY_UNBALANCED/],
    ['balanced lines for an entry that is posted', insertLines(line('5', '0', 90), line('0', '5', 91)), /ENTRY_SEALED/],
    ['a line with debit and credit', insertLines(line('5', '5', 90)), /debit_or_credit/],
    ['an entry that skips a number', copyEntry('99', 'hash'), /JOURNAL_CHAIN_BROKEN/],
    ['an entry that follows another hash', copyEntry('3', "'forged'"), /JOURNAL_CHAIN_BROKEN/],
    ['a number that is taken', copyEntry('sequence', 'previous_hash'), /journal_entry.*sequence|duplicate key/],
  ])('%s are refused by the database, also to the owner', async (_, statement, reason) => {
    await expect(sql(statement, [entryId])).rejects.toThrow(reason);
  });

  test.each(['LOCKED', 'SOFT_CLOSED'])(
    'an entry of a month that is %s is refused by the database as well',
    async (to) => {
      const set = (state: string) =>
        ask(one, 'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { error { code } } }', {
          input: { fiscalYear: 2020, month: 5, state },
        });
      const last = `(SELECT hash FROM finance.journal_entry l WHERE l.tenant_id = journal_entry.tenant_id AND l.fiscal_year = 2020 ORDER BY sequence DESC LIMIT 1)`;
      await set(to);
      await expect(sql(copyEntry('3', last), [entryId])).rejects.toThrow(/PERIOD_CLOSED/);
      await set('OPEN');
    },
  );

  test('tampering behind the triggers breaks the chain at the entry', async () => {
    const check = async () =>
      (await ask(one, '{ journalIntegrity(fiscalYear: 2020) { intact brokenAt { id } } }')).journalIntegrity;
    expect(await check()).toEqual({ intact: true, brokenAt: null });
    await sql('ALTER TABLE finance.journal_line DISABLE TRIGGER USER');
    await sql('UPDATE finance.journal_line SET debit = debit * 2 WHERE entry_id = $1 AND debit > 0', [entryId]);
    expect(await check()).toEqual({ intact: false, brokenAt: { id: entryId } });
    await sql('UPDATE finance.journal_line SET debit = debit / 2 WHERE entry_id = $1 AND debit > 0', [entryId]);
    await sql('ALTER TABLE finance.journal_line ENABLE TRIGGER USER');
    expect((await check()).intact).toBe(true);
  });
});
