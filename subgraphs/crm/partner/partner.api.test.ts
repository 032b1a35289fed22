import { newId } from '@valeo/kit/ids.ts';
import { published } from '@valeo/kit/published.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { crm } from '../crm.subgraph.ts';

const world = await twoTenants(crm);
const { one, two } = world;

const CREATE = `mutation ($input: CreateBusinessPartnerInput!) {
  createBusinessPartner(input: $input) {
    businessPartner { id number name kinds country vatId version paymentTermDays language city creditLimit { amount currency }
      billingAddress { street postalCode city country name } shippingAddresses { city } contacts { name email role } iban externalNumber externalSource }
    error { code message fields { path code message } }
  }
}`;
const UPDATE = `mutation ($input: UpdateBusinessPartnerInput!) {
  updateBusinessPartner(input: $input) {
    businessPartner { id name version email city contacts { name } }
    error { code message fields { path code message } }
  }
}`;
const BULK = `mutation ($input: CreateBusinessPartnersInput!) {
  createBusinessPartners(input: $input) { businessPartners { id name number } errors { index path code message } }
}`;

const create = async (input: object, caller = one) =>
  (await world.ask(caller, CREATE, { input })).createBusinessPartner;
const update = async (input: object, caller = one) =>
  (await world.ask(caller, UPDATE, { input })).updateBusinessPartner;
const bulk = async (input: object, caller = one) => (await world.ask(caller, BULK, { input })).createBusinessPartners;
const customer = (name: string, more = {}) => ({ name, kinds: ['CUSTOMER'], country: 'DE', ...more });

describe('creating a partner', () => {
  test('keeps everything that was given', async () => {
    const { businessPartner, error } = await create(
      customer('Müller & Söhne KG', {
        kinds: ['CUSTOMER', 'SUPPLIER', 'CUSTOMER'],
        vatId: 'de 136.695.976',
        creditLimit: '5000',
        iban: 'DE89 3704 0044 0532 0130 00',
        paymentTermDays: 30,
        billingAddress: { street: 'Am Markt 1', postalCode: '20095', city: 'Hamburg', country: 'DE' },
        shippingAddresses: [{ city: 'Stade', country: 'DE' }],
        contacts: [{ name: 'Anna Müller', email: 'Anna@Mueller.example', role: 'Einkauf' }, { name: 'Jan Müller' }],
      }),
    );
    expect(error).toBeNull();
    expect(businessPartner).toMatchObject({
      name: 'Müller & Söhne KG',
      kinds: ['CUSTOMER', 'SUPPLIER'],
      vatId: 'DE136695976',
      creditLimit: { amount: '5000.00', currency: 'EUR' },
      iban: 'DE89370400440532013000',
      paymentTermDays: 30,
      language: 'de',
      city: 'Hamburg',
      version: 1,
      billingAddress: { street: 'Am Markt 1', postalCode: '20095', city: 'Hamburg', country: 'DE', name: null },
      shippingAddresses: [{ city: 'Stade' }],
      contacts: [
        { name: 'Anna Müller', email: 'anna@mueller.example', role: 'Einkauf' },
        { name: 'Jan Müller', email: null, role: null },
      ],
    });
  });

  test('draws numbers in sequence and passes over those taken by hand', async () => {
    const first = Number((await create(customer('Eins'))).businessPartner.number);
    await create(customer('Von Hand', { number: String(first + 2) }));
    expect((await create(customer('Zwei'))).businessPartner.number).toBe(String(first + 1));
    expect((await create(customer('Drei'))).businessPartner.number).toBe(String(first + 3));
  });

  test('tells all faults of the input at once', async () => {
    const { businessPartner, error } = await create(
      customer(' ', {
        kinds: [],
        country: 'Deutschland',
        vatId: 'DE123456789',
        email: 'niemand',
        iban: 'DE00 1234',
        creditLimit: '-1',
        paymentTermDays: 999,
        externalNumber: '7',
      }),
    );
    expect(businessPartner).toBeNull();
    expect(error.code).toBe('INVALID_INPUT');
    const faults = Object.fromEntries(
      error.fields.map(({ path, code }: { path: string; code: string }) => [path, code]),
    );
    expect(faults).toMatchObject({
      name: 'TOO_SHORT',
      kinds: 'TOO_SHORT',
      country: 'INVALID_FORMAT',
      vatId: 'WRONG_CHECK_DIGIT',
      email: 'INVALID_EMAIL',
      iban: 'INVALID_IBAN',
      creditLimit: 'MUST_NOT_BE_NEGATIVE',
      paymentTermDays: 'TOO_BIG',
    });
  });

  test('an external number needs its source', async () => {
    const { error } = await create(customer('Ohne Quelle', { externalNumber: '7' }));
    expect(error.fields).toMatchObject([{ path: 'externalSource', code: 'REQUIRED' }]);
  });

  test('NUMBER_TAKEN names the field', async () => {
    await create(customer('Erster', { number: 'K-1' }));
    const { error } = await create(customer('Zweiter', { number: 'K-1' }));
    expect(error).toMatchObject({ code: 'NUMBER_TAKEN', fields: [{ path: 'number', code: 'NUMBER_TAKEN' }] });
    expect((await create(customer('In der anderen Firma', { number: 'K-1' }), two)).error).toBeNull();
  });

  test('EXTERNAL_NUMBER_TAKEN holds per company and source', async () => {
    const taken = { externalSource: 'shop', externalNumber: '12346' };
    expect((await create(customer('Aus dem Shop', taken))).error).toBeNull();
    expect((await create(customer('Noch einmal', taken))).error.code).toBe('EXTERNAL_NUMBER_TAKEN');
    expect((await create(customer('Andere Quelle', { ...taken, externalSource: 'erp' }))).error).toBeNull();
    expect((await create(customer('Andere Firma', taken), two)).error).toBeNull();
  });

  test('a retry with the same key answers the same partner, another input is refused', async () => {
    const input = customer('Einmal', { idempotencyKey: 'key-1' });
    const [first, again] = [await create(input), await create(input)];
    expect(again.businessPartner.id).toBe(first.businessPartner.id);
    expect((await create({ ...input, name: 'Anders' })).error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('without the permission nothing is made', async () => {
    const { errors } = await world.answer(withPermissions(one, 'crm:read'), CREATE, { input: customer('X') });
    expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await world.answer(null, CREATE, { input: customer('X') })).errors).toMatchObject([
      { code: 'UNAUTHENTICATED' },
    ]);
  });

  test('other domains read the published state at once', async () => {
    const { businessPartner } = await create(
      customer('Bekannt GmbH', { email: 'post@bekannt.example', billingAddress: { city: 'Köln', country: 'DE' } }),
    );
    const session = { domain: 'crm', tenantId: one.tenantId, userId: one.userId, requestId: 'test' };
    const state = await world.services.database.transaction(session, (tx) =>
      published(tx, 'crm.BusinessPartner', [businessPartner.id]),
    );
    expect(state.get(businessPartner.id)).toEqual({
      number: businessPartner.number,
      name: 'Bekannt GmbH',
      kinds: ['CUSTOMER'],
      country: 'DE',
      vatId: null,
      email: 'post@bekannt.example',
      language: 'de',
      paymentTermDays: 14,
      billingAddress: { name: null, street: null, postalCode: null, city: 'Köln', country: 'DE' },
    });
  });
});

describe('creating many partners', () => {
  test('answers them in the order of the input', async () => {
    const items = ['Zeta', 'Alpha', 'Mitte'].map((name) => customer(name));
    const { businessPartners, errors } = await bulk({ items });
    expect(errors).toEqual([]);
    expect(businessPartners.map(({ name }: { name: string }) => name)).toEqual(['Zeta', 'Alpha', 'Mitte']);
    const numbers = businessPartners.map(({ number }: { number: string }) => Number(number));
    expect(numbers).toEqual([numbers[0], numbers[0] + 1, numbers[0] + 2]);
  });

  test('takes as many statements for two hundred as for one', async () => {
    const items = (n: number) =>
      Array.from({ length: n }, (_, at) => customer(`Menge ${at}`, { contacts: [{ name: 'A' }] }));
    const one = await world.statements(() => bulk({ items: items(1) }));
    expect(one).toBeLessThan(12);
    expect(await world.statements(() => bulk({ items: items(200) }))).toBe(one);
  });

  test('one fault keeps all out and every fault names its item', async () => {
    await create(customer('Da', { number: 'B-9' }));
    const items = [
      customer('Gut'),
      customer('Doppelt', { number: 'B-9' }),
      customer('Neu', { number: 'B-10' }),
      customer('Selbst doppelt', { number: 'B-10' }),
    ];
    const { businessPartners, errors } = await bulk({ items });
    expect(businessPartners).toEqual([]);
    expect(errors).toMatchObject([
      { index: 1, path: 'number', code: 'NUMBER_TAKEN' },
      { index: 3, path: 'number', code: 'NUMBER_TAKEN' },
    ]);
    const { businessPartners: found } = await world.ask(
      one,
      '{ businessPartners(filter: { name: { eq: "Gut" } }) { totalCount } }',
    );
    expect(found.totalCount).toBe(0);
  });

  test('a dry run tells the faults and keeps nothing', async () => {
    expect(await bulk({ items: [customer('Probe')], dryRun: true })).toEqual({ businessPartners: [], errors: [] });
    const broken = await bulk({ items: [customer('Probe', { country: 'D' })], dryRun: true });
    expect(broken.errors).toMatchObject([{ index: 0, path: 'country', code: 'INVALID_FORMAT' }]);
    const greek = await bulk({ items: [customer('Probe', { country: 'EL' })], dryRun: true });
    expect(greek.errors).toMatchObject([{ index: 0, path: 'country', code: 'INVALID_VALUE' }]);
    const { businessPartners } = await world.ask(
      one,
      '{ businessPartners(filter: { name: { eq: "Probe" } }) { totalCount } }',
    );
    expect(businessPartners.totalCount).toBe(0);
  });
});

describe('changing a partner', () => {
  test('changes what is given, empties what is null, keeps the rest', async () => {
    const { businessPartner: made } = await create(
      customer('Alt GmbH', {
        email: 'alt@alt.example',
        contacts: [{ name: 'A' }],
        billingAddress: { city: 'Ulm', country: 'DE' },
      }),
    );
    const { businessPartner, error } = await update({
      id: made.id,
      version: 1,
      name: 'Neu GmbH',
      email: null,
      contacts: [{ name: 'B' }, { name: 'C' }],
    });
    expect(error).toBeNull();
    expect(businessPartner).toEqual({
      id: made.id,
      name: 'Neu GmbH',
      version: 2,
      email: null,
      city: 'Ulm',
      contacts: [{ name: 'B' }, { name: 'C' }],
    });
  });

  test('CONFLICT tells both versions and both values, and changes nothing', async () => {
    const { businessPartner: made } = await create(customer('Stand 1', { email: 'a@a.example' }));
    await update({ id: made.id, version: 1, name: 'Stand 2' });
    const { businessPartner, error } = await update({
      id: made.id,
      version: 1,
      name: 'Mein Stand',
      email: 'a@a.example',
    });
    expect(businessPartner).toBeNull();
    expect(error.code).toBe('CONFLICT');
    expect(error.message).toContain('make your change again');
    expect(error.fields).toHaveLength(1);
    expect(error.fields[0]).toMatchObject({ path: 'name', code: 'CHANGED_MEANWHILE' });
    expect(error.fields[0].message).toMatch(/Stand 2.*Mein Stand/);
  });

  test('NUMBER_TAKEN when another partner has the number', async () => {
    await create(customer('Hat sie', { number: 'U-1' }));
    const { businessPartner } = await create(customer('Will sie'));
    const { error } = await update({ id: businessPartner.id, version: 1, number: 'U-1' });
    expect(error).toMatchObject({ code: 'NUMBER_TAKEN', fields: [{ path: 'number' }] });
  });

  test('unknown, malformed and foreign ids are NOT_FOUND alike', async () => {
    const { businessPartner: foreign } = await create(customer('Fremd'), two);
    for (const id of [newId(), 'garbage', foreign.id]) {
      expect((await update({ id, version: 1, name: 'Meins' })).error).toMatchObject({ code: 'NOT_FOUND' });
    }
    const { businessPartner } = await world.ask(two, `{ businessPartner(id: "${foreign.id}") { name version } }`);
    expect(businessPartner).toEqual({ name: 'Fremd', version: 1 });
  });

  test('many at once, all or none, in as many statements as one', async () => {
    const made = await bulk({ items: ['M1', 'M2', 'M3'].map((name) => customer(name)) });
    const [a, b, c] = made.businessPartners.map(({ id }: { id: string }) => id);
    const mutation = `mutation ($items: [UpdateBusinessPartnerInput!]!) {
      updateBusinessPartners(input: { items: $items }) { businessPartners { name version kinds } errors { index path code } } }`;
    const change = async (items: object[]) => (await world.ask(one, mutation, { items })).updateBusinessPartners;
    expect(await change([a, b].map((id) => ({ id, version: 1, kinds: ['SUPPLIER'] })))).toEqual({
      businessPartners: ['M1', 'M2'].map((name) => ({ name, version: 2, kinds: ['SUPPLIER'] })),
      errors: [],
    });
    expect(
      await change([
        { id: c, version: 1, name: 'Gut' },
        { id: a, version: 1, name: 'Veraltet' },
        { id: newId(), version: 1 },
        { id: b, version: 2, number: 'M-1' },
        { id: a, version: 2, number: 'M-1' },
      ]),
    ).toEqual({
      businessPartners: [],
      errors: [
        { index: 1, path: '', code: 'CONFLICT' },
        { index: 1, path: 'name', code: 'CHANGED_MEANWHILE' },
        { index: 2, path: '', code: 'NOT_FOUND' },
        { index: 4, path: '', code: 'NUMBER_TAKEN' },
        { index: 4, path: 'number', code: 'NUMBER_TAKEN' },
      ],
    });
    const single = await world.statements(() => change([{ id: c, version: 1, note: 'x' }]));
    expect(await world.statements(() => change([a, b].map((id) => ({ id, version: 2, note: 'x' }))))).toBe(single);
  });

  test('every change leaves who, what and when in the audit', async () => {
    const { businessPartner } = await create(customer('Vorher'));
    await update({ id: businessPartner.id, version: 1, name: 'Nachher' });
    const [record] = await world.sql<{ before: { name: string }; after: { name: string }; user_id: string }>(
      'SELECT before, after, user_id FROM kit.audit WHERE entity_id = $1',
      [businessPartner.id],
    );
    expect(record).toMatchObject({ before: { name: 'Vorher' }, after: { name: 'Nachher' }, user_id: one.userId });
  });
});

describe('the list', () => {
  const source = 'list';
  beforeAll(async () => {
    const items = [
      { name: 'Äpfel AG', country: 'AT', kinds: ['SUPPLIER'] },
      { name: 'apfelbaum', country: 'DE', kinds: ['CUSTOMER', 'SUPPLIER'] },
      { name: 'Zebra', country: 'DE', kinds: ['PROSPECT'] },
    ].map((item, index) => ({ ...item, externalSource: source, externalNumber: String(index) }));
    expect((await bulk({ items })).errors).toEqual([]);
  });

  const names = async (filter: string, order = '', caller = one) => {
    const { businessPartners } = await world.ask(
      caller,
      `{ businessPartners(filter: { externalSource: { eq: "${source}" } ${filter} } ${order}) { totalCount edges { node { name } } } }`,
    );
    expect(businessPartners.totalCount).toBe(businessPartners.edges.length);
    return businessPartners.edges.map(({ node }: { node: { name: string } }) => node.name);
  };

  test('is in the order of a German telephone book', async () => {
    expect(await names('')).toEqual(['Äpfel AG', 'apfelbaum', 'Zebra']);
  });

  test('filters by kind, country and name', async () => {
    expect(await names('kinds: { contains: SUPPLIER }')).toEqual(['Äpfel AG', 'apfelbaum']);
    expect(await names('country: { eq: "DE" }')).toEqual(['apfelbaum', 'Zebra']);
    expect(await names('name: { contains: "BRA" }')).toEqual(['Zebra']);
  });

  test('sorts and pages by country without losing a row', async () => {
    expect(await names('', 'orderBy: [{ field: COUNTRY, direction: DESC }]')).toEqual([
      'Zebra',
      'apfelbaum',
      'Äpfel AG',
    ]);
    const page = `query ($after: String) { businessPartners(first: 2, after: $after, filter: { externalSource: { eq: "${source}" } },
      orderBy: [{ field: COUNTRY, direction: ASC }, { field: NAME, direction: DESC }]) { edges { node { name } } pageInfo { endCursor hasNextPage } } }`;
    const first = (await world.ask(one, page)).businessPartners;
    const second = (await world.ask(one, page, { after: first.pageInfo.endCursor })).businessPartners;
    expect([...first.edges, ...second.edges].map(({ node }) => node.name)).toEqual(['Äpfel AG', 'Zebra', 'apfelbaum']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  test('shows another company nothing', async () => {
    expect(await names('', '', two)).toEqual([]);
  });

  test('needs the permission', async () => {
    const { errors } = await world.answer(withPermissions(one, 'sales:read'), '{ businessPartners { totalCount } }');
    expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});
