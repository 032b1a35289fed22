import { newId } from '@valeo/kit/ids.ts';
import { describe, expect, test } from 'vitest';
import { buying } from '../testing/buying.ts';

const { one, ask, sql, mutate, run, bulk, read, entryOf, supplier, french, bolt, sent, receive, bill, billOf, booked } =
  await buying();

describe('bill', () => {
  test('agrees with order and receipt, is checked, posted and paid', async () => {
    const order = await sent();
    await receive(order.id);
    const { supplierInvoice } = await billOf(order.id, '100', '0.50', { statedGross: '59.50' });
    expect(supplierInvoice).toMatchObject({
      status: 'RECEIVED',
      number: expect.stringMatching(/^ER-2024-/),
      dueOn: '2024-06-11',
      differences: [],
      gross: { amount: '59.50' },
    });
    expect((await run('postSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id })).error.code).toBe(
      'STATUS_NOT_ALLOWED',
    );
    await run('checkSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id });
    expect((await run('checkSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id })).error.code).toBe(
      'STATUS_NOT_ALLOWED',
    );
    const { supplierInvoice: posted } = await run('postSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id });
    expect((await entryOf(posted.journalEntry.id)).lines).toMatchObject([
      { account: { number: '3400' }, debit: { amount: '50.00' } },
      { account: { number: '1576' }, debit: { amount: '9.50' } },
      { account: { kind: 'CREDITOR' }, credit: { amount: '59.50' } },
    ]);
    expect((await read('purchaseOrder', order.id)).lines).toMatchObject([{ billed: '100' }]);

    const pay = (amount: string, account = '1200') =>
      run('recordSupplierPayment', 'supplierInvoice', {
        supplierInvoiceId: posted.id,
        amount,
        paidOn: '2024-06-01',
        account,
      });
    expect((await pay('20.00')).supplierInvoice).toMatchObject({ status: 'POSTED', openAmount: { amount: '39.50' } });
    expect((await pay('40.00')).error).toMatchObject({ code: 'AMOUNT_EXCEEDS_OPEN', fields: [{ path: 'amount' }] });
    expect((await pay('1.00', '9')).error).toMatchObject({ code: 'UNKNOWN_ACCOUNT', fields: [{ path: 'account' }] });
    expect((await pay('1.00', '1600')).error.code).toBe('CONTROL_ACCOUNT');
    expect((await pay('39.50')).supplierInvoice).toMatchObject({
      status: 'PAID',
      openAmount: { amount: '0.00' },
      payments: [{}, {}],
    });
    expect((await pay('1.00')).error.code).toBe('NOT_POSTED');
    const { openItems } = await ask(
      one,
      'query ($r: String) { openItems(filter: { reference: { eq: $r } }) { edges { node { kind status } } } }',
      { r: posted.number },
    );
    expect(openItems.edges).toEqual([{ node: { kind: 'PAYABLE', status: 'CLEARED' } }]);
  });
  test('a line bills a line that the order of the bill has', async () => {
    const order = await sent();
    const line = { articleId: bolt, quantity: '1', unitPrice: '0.50' };
    const fault = { code: 'UNKNOWN_ORDER_LINE', fields: [{ path: 'lines.0.orderLine' }] };
    expect((await bill({ orderId: order.id, lines: [{ ...line, orderLine: 2 }] })).error).toMatchObject(fault);
    expect((await bill({ orderId: null, lines: [{ ...line, orderLine: 1 }] })).error).toMatchObject(fault);
    const other = { ...line, articleId: newId(), orderLine: 1 };
    expect((await bill({ orderId: order.id, lines: [other] })).error).toMatchObject(fault);
  });
  test('differences are told, and beyond tolerance they must be accepted', async () => {
    const order = await sent();
    await receive(order.id, '60', '10');
    const { supplierInvoice } = await billOf(order.id, '55', '0.60', { statedGross: '40.00' });
    expect(supplierInvoice.differences).toEqual([
      { kind: 'PRICE', line: 1, expected: '0.5', found: '0.6', tolerated: false },
      { kind: 'QUANTITY', line: 1, expected: '50', found: '55', tolerated: false },
      { kind: 'TOTAL', line: null, expected: '39.27', found: '40.00', tolerated: false },
    ]);
    expect((await run('checkSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id })).error.code).toBe(
      'DIFFERENCES_FOUND',
    );
    const accepted = await run('checkSupplierInvoice', 'supplierInvoice', {
      id: supplierInvoice.id,
      acceptedBecause: 'agreed by phone',
    });
    expect(accepted.supplierInvoice).toMatchObject({ status: 'CHECKED', checkNote: 'agreed by phone' });
    expect((await billOf(order.id, '1', '0.505')).supplierInvoice.differences).toMatchObject([
      { kind: 'PRICE', tolerated: true },
      { kind: 'QUANTITY' },
    ]);
    expect((await bill({ orderId: order.id })).supplierInvoice.differences).toMatchObject([{ kind: 'NOT_ORDERED' }]);
  });
  test('the same number of a supplier comes once a year, and again after a cancellation', async () => {
    const first = await bill({ supplierNumber: 'X1' });
    expect((await bill({ supplierNumber: 'X1' })).error).toMatchObject({
      code: 'DUPLICATE_BILL',
      fields: [{ path: 'supplierNumber' }],
    });
    expect((await bill({ supplierNumber: 'X1', issuedOn: '2025-01-02' })).error).toBeNull();
    await run('cancelSupplierInvoice', 'supplierInvoice', { id: first.supplierInvoice.id, reason: 'twice' });
    expect((await bill({ supplierNumber: 'X1' })).error).toBeNull();
  });
  test('is due on the next working day unless the supplier said another day (§ 193 BGB, rule 55)', async () => {
    // 30 days after 8 May 2024 is a Friday, after 9 and 10 May a weekend.
    for (const [issuedOn, due] of [
      ['2024-05-08', '2024-06-07'],
      ['2024-05-09', '2024-06-10'],
      ['2024-05-10', '2024-06-10'],
    ])
      expect((await bill({ issuedOn })).supplierInvoice.dueOn).toBe(due);
    expect((await bill({ issuedOn: '2024-05-09', dueOn: '2024-06-08' })).supplierInvoice.dueOn).toBe('2024-06-08');
  });
  test('a change compares anew and frees what was billed before', async () => {
    const order = await sent();
    await receive(order.id);
    const { supplierInvoice } = await billOf(order.id, '90');
    const wanted = {
      id: supplierInvoice.id,
      supplierId: supplier,
      supplierNumber: supplierInvoice.supplierNumber,
      issuedOn: '2024-05-12',
      orderId: order.id,
      lines: [{ orderLine: 1, quantity: '100', unitPrice: '0.50' }],
    };
    expect(
      (await run('updateSupplierInvoice', 'supplierInvoice', { ...wanted, version: 1 })).supplierInvoice,
    ).toMatchObject({ version: 2, differences: [] });
    expect((await run('updateSupplierInvoice', 'supplierInvoice', { ...wanted, version: 1 })).error.code).toBe(
      'CONFLICT',
    );
    await run('checkSupplierInvoice', 'supplierInvoice', { id: supplierInvoice.id });
    expect((await run('updateSupplierInvoice', 'supplierInvoice', { ...wanted, version: 3 })).error.code).toBe(
      'NOT_EDITABLE',
    );
  });
  test('where the buyer owes the tax, it stands on both sides', async () => {
    const posted = await booked({
      supplierId: french,
      lines: [{ articleId: bolt, quantity: '100', unitPrice: '1.00' }],
    });
    expect(posted).toMatchObject({ tax: { amount: '0.00' }, gross: { amount: '100.00' } });
    expect((await entryOf(posted.journalEntry.id)).lines).toMatchObject([
      { account: { number: '3425' }, debit: { amount: '100.00' } },
      { account: { number: '1574' }, debit: { amount: '19.00' } },
      { account: { number: '1774' }, credit: { amount: '19.00' } },
      { account: { kind: 'CREDITOR' }, credit: { amount: '100.00' } },
    ]);
  });
  test('import VAT is the amount of its line, and none comes on top', async () => {
    const posted = await booked({
      lines: [{ description: 'Customs', quantity: '1', unitPrice: '190.00', taxCode: 'EUST19' }],
    });
    expect(posted).toMatchObject({ tax: { amount: '0.00' }, gross: { amount: '190.00' } });
    expect((await entryOf(posted.journalEntry.id)).lines).toMatchObject([
      { account: { number: '1588' }, debit: { amount: '190.00' } },
      { account: { kind: 'CREDITOR' }, credit: { amount: '190.00' } },
    ]);
  });
  test('cancelling posts the exact reversal, and what was paid stays as a claim', async () => {
    const posted = await booked();
    await run('recordSupplierPayment', 'supplierInvoice', {
      supplierInvoiceId: posted.id,
      amount: '9.50',
      paidOn: '2024-06-01',
      account: '1200',
    });
    const { supplierInvoice } = await run('cancelSupplierInvoice', 'supplierInvoice', {
      id: posted.id,
      reason: 'not ours',
    });
    expect(supplierInvoice).toMatchObject({ status: 'CANCELLED', openAmount: { amount: '0.00' } });
    expect((await entryOf(supplierInvoice.cancelEntry.id)).reverses.id).toBe(posted.journalEntry.id);
    expect((await run('cancelSupplierInvoice', 'supplierInvoice', { id: posted.id, reason: 'again' })).error.code).toBe(
      'ALREADY_CANCELLED',
    );
    const [row] = await sql<{ account: string; control: string; items: string }>(
      `SELECT (SELECT sum(credit - debit) FROM finance.account_day WHERE personal AND tenant_id = $1) AS account,
              (SELECT sum(credit - debit) FROM finance.account_day WHERE account = '1600' AND tenant_id = $1) AS control,
              (SELECT sum(open_amount) FROM finance.open_item WHERE tenant_id = $1 AND account LIKE '7%') AS items`,
      [one.tenantId],
    );
    expect(row?.control).toBe(row?.account);
    expect(row?.items).toBe(row?.account);
  });
  test('money for a bill does not come from the account of its supplier', async () => {
    const posted = await booked();
    const account = (await entryOf(posted.journalEntry.id)).lines.at(-1).account.number;
    const { error } = await run('recordSupplierPayment', 'supplierInvoice', {
      supplierInvoiceId: posted.id,
      amount: '9.50',
      paidOn: '2024-06-01',
      account,
    });
    expect(error).toMatchObject({ code: 'CONTROL_ACCOUNT', fields: [{ path: 'account' }] });
    expect(error.message).toContain('bank');
  });
  test('what the bank has settled already is not paid again, though the bill does not show it yet', async () => {
    const { id, number } = await booked();
    const { openItems } = await ask(
      one,
      'query ($reference: String) { openItems(filter: { reference: { eq: $reference } }) { edges { node { id } } } }',
      { reference: number },
    );
    const paid = { bankAccount: 'DE1', bookedOn: '2024-06-01', amount: '-50.00' };
    const { bankTransaction } = await mutate('createBankTransaction', paid, 'bankTransaction { id }');
    const openItemId = openItems.edges[0].node.id;
    await mutate('matchBankTransaction', { id: bankTransaction.id, openItemId }, 'error { code }');
    const pay = (amount: string) =>
      run('recordSupplierPayment', 'supplierInvoice', {
        supplierInvoiceId: id,
        amount,
        paidOn: '2024-06-02',
        account: '1200',
      });
    expect((await pay('59.50')).error.code).toBe('AMOUNT_EXCEEDS_OPEN');
    expect((await pay('9.50')).supplierInvoice).toMatchObject({ status: 'PAID', openAmount: { amount: '0.00' } });
  });
  test('a cash discount taken with a payment reduces cost and input tax (rules 15, 68)', async () => {
    const { id } = await booked();
    const { supplierInvoice } = await run('recordSupplierPayment', 'supplierInvoice', {
      supplierInvoiceId: id,
      amount: '58.31',
      discount: '1.19',
      paidOn: '2024-06-01',
      account: '1200',
    });
    expect(supplierInvoice).toMatchObject({ status: 'PAID', openAmount: { amount: '0.00' } });
    const [paid] = await sql<{ entry: string }>(
      'SELECT journal_entry_id AS entry FROM purchasing.supplier_payment WHERE invoice_id = $1',
      [id],
    );
    expect((await entryOf(paid?.entry ?? '')).lines).toMatchObject([
      { account: { kind: 'CREDITOR' }, debit: { amount: '59.50' } },
      { account: { number: '1200' }, credit: { amount: '58.31' } },
      { account: { number: '3736' }, credit: { amount: '1.00' } },
      { account: { number: '1576' }, credit: { amount: '0.19' } },
    ]);
  });
  test('cancelling takes a cash discount back: only the money is the claim, and no cost or input tax is left (rule 15)', async () => {
    const { id } = await booked();
    const payment = { supplierInvoiceId: id, paidOn: '2024-06-01', account: '1200' };
    await run('recordSupplierPayment', 'supplierInvoice', { ...payment, amount: '58.31', discount: '1.19' });
    const { supplierInvoice } = await run('cancelSupplierInvoice', 'supplierInvoice', { id, reason: 'not ours' });
    expect((await entryOf(supplierInvoice.cancelEntry.id)).lines).toMatchObject([
      { account: { number: '3400' }, credit: { amount: '50.00' } },
      { account: { number: '1576' }, credit: { amount: '9.50' } },
      { account: { kind: 'CREDITOR' }, debit: { amount: '59.50' } },
      { account: { kind: 'CREDITOR' }, credit: { amount: '1.19' } },
      { account: { number: '3736' }, debit: { amount: '1.00' } },
      { account: { number: '1576' }, debit: { amount: '0.19' } },
    ]);
    const [item] = await sql(`SELECT i.open_amount FROM finance.open_item i WHERE i.entry_id = $1`, [
      supplierInvoice.cancelEntry.id,
    ]);
    expect(item).toEqual({ open_amount: '-58.31' });
  });
  test('the database keeps what a posted bill says (rules 23, 37)', async () => {
    const { id } = await booked();
    for (const statement of [
      'UPDATE purchasing.supplier_invoice SET net = net + 1, gross = gross + 1 WHERE id = $1',
      `UPDATE purchasing.supplier_invoice SET status = 'CHECKED' WHERE id = $1`,
      'UPDATE purchasing.supplier_invoice_line SET quantity = 9 WHERE invoice_id = $1',
      'DELETE FROM purchasing.supplier_invoice_line WHERE invoice_id = $1',
      'DELETE FROM purchasing.supplier_invoice WHERE id = $1',
    ])
      await expect(sql(statement, [id])).rejects.toThrow('POSTED_DOCUMENT');
  });
  test('a closed period refuses and leaves the bill as it was', async () => {
    const period = (state: string) =>
      ask(one, 'mutation ($input: SetPeriodStateInput!) { setPeriodState(input: $input) { error { code } } }', {
        input: { fiscalYear: 2019, month: 5, state },
      });
    await period('LOCKED');
    const { id } = (await bill({ issuedOn: '2019-05-04' })).supplierInvoice;
    await run('checkSupplierInvoice', 'supplierInvoice', { id });
    expect((await run('postSupplierInvoice', 'supplierInvoice', { id })).error.code).toBe('PERIOD_CLOSED');
    expect((await read('supplierInvoice', id)).status).toBe('CHECKED');
  });
  test('in bulk they are posted together or not at all', async () => {
    const order = await sent();
    const item = (supplierNumber: string, more: object = {}) => ({
      supplierId: supplier,
      supplierNumber,
      issuedOn: '2024-07-01',
      lines: [{ description: 'Rent', quantity: '1', unitPrice: '1.00' }],
      ...more,
    });
    const over = item('B2', { orderId: order.id, lines: [{ orderLine: 1, quantity: '1', unitPrice: '0.50' }] });
    expect(await bulk('createSupplierInvoices', 'supplierInvoices', { items: [item('B1'), over], post: true })).toEqual(
      {
        supplierInvoices: [],
        errors: [{ index: 1, path: '', code: 'DIFFERENCES_FOUND' }],
      },
    );
    expect(
      (await bulk('createSupplierInvoices', 'supplierInvoices', { items: [item('B1'), item('B3')], post: true }))
        .supplierInvoices,
    ).toEqual([{ status: 'POSTED' }, { status: 'POSTED' }]);
  });
});

test('a bill that came after its month was closed is posted on a later day, at the VAT rate of its supply (rules 8, 38, 40)', async () => {
  const { supplierInvoice } = await bill({ issuedOn: '2020-12-28', suppliedOn: '2020-12-28' });
  const { id } = supplierInvoice;
  await run('checkSupplierInvoice', 'supplierInvoice', { id });
  await mutate('setPeriodState', { fiscalYear: 2020, month: 12, state: 'LOCKED' }, 'error { code }');
  const post = (more: object) => run('postSupplierInvoice', 'supplierInvoice', { id, ...more });
  expect((await post({})).error).toMatchObject({ code: 'PERIOD_CLOSED', fields: [{ path: 'issuedOn' }] });
  expect((await post({ postedOn: '2020-12-30' })).error).toMatchObject({
    code: 'PERIOD_CLOSED',
    fields: [{ path: 'postedOn' }],
  });
  expect((await post({ postedOn: '2020-12-27' })).error).toMatchObject({
    code: 'DATE_OUT_OF_RANGE',
    fields: [{ path: 'postedOn' }],
  });
  const posted = (await post({ postedOn: '2021-01-07' })).supplierInvoice;
  expect(posted).toMatchObject({ status: 'POSTED', tax: { amount: '8.00' } });
  const entries = () =>
    sql(
      `SELECT posted_on::text AS day, total FROM finance.journal_entry WHERE id = $1 OR reverses_id = $1 ORDER BY number`,
      [posted.journalEntry.id],
    );
  expect(await entries()).toEqual([{ day: '2021-01-07', total: '58.00' }]);
});

test('the reversal of a bill is not dated before its entry', async () => {
  const { id } = (await bill()).supplierInvoice;
  await run('checkSupplierInvoice', 'supplierInvoice', { id });
  const { supplierInvoice } = await run('postSupplierInvoice', 'supplierInvoice', { id, postedOn: '2090-01-07' });
  await run('cancelSupplierInvoice', 'supplierInvoice', { id, reason: 'not ours' });
  expect(
    await sql('SELECT posted_on::text AS day FROM finance.journal_entry WHERE reverses_id = $1', [
      supplierInvoice.journalEntry.id,
    ]),
  ).toEqual([{ day: '2090-01-07' }]);
});

test('a total that is off by cents is posted as it stands on the paper, and paid in full (rule 3)', async () => {
  const lines = [
    { description: 'Freight', quantity: '1', unitPrice: '10.33' },
    { description: 'Packing', quantity: '1', unitPrice: '10.33' },
    { description: 'Books', quantity: '1', unitPrice: '10.00', taxCode: 'V7' },
  ];
  // Per line the supplier rounds 1.9627 to 1.96; the sum of 20.66 has 3.93.
  const posted = await booked({ lines, statedGross: '35.28' });
  expect(posted).toMatchObject({
    tax: { amount: '4.62' },
    gross: { amount: '35.28' },
    openAmount: { amount: '35.28' },
  });
  expect(posted.differences).toMatchObject([{ kind: 'TOTAL', expected: '35.29', found: '35.28', tolerated: true }]);
  const { lines: entry } = await entryOf(posted.journalEntry.id);
  const debits = entry.map((line: { account: { number: string }; debit: { amount: string } }) => [
    line.account.number,
    line.debit.amount,
  ]);
  expect(debits).toEqual(
    expect.arrayContaining([
      ['1576', '3.92'],
      ['1571', '0.70'],
    ]),
  );
  const paid = await run('recordSupplierPayment', 'supplierInvoice', {
    supplierInvoiceId: posted.id,
    ...{ amount: '35.28', paidOn: '2024-06-01', account: '1200' },
  });
  expect(paid.supplierInvoice.status).toBe('PAID');
});

test('a total that is off by cents changes nothing where the supplier charges no VAT', async () => {
  const lines = [{ description: 'Vis', quantity: '1', unitPrice: '10.00', taxCode: 'IGE19' }];
  const posted = await booked({ lines, statedGross: '10.02' });
  expect(posted).toMatchObject({ tax: { amount: '0.00' }, gross: { amount: '10.00' } });
});
