import { newId } from '@valeo/kit/ids.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { crm } from '../crm.subgraph.ts';

const world = await twoTenants(crm);
const { one, two } = world;

const FIELDS =
  'id title stage probability closedAt version expectedAmount { amount } expectedCloseOn partner { id name }';
const CREATE = `mutation ($input: CreateOpportunityInput!) {
  createOpportunity(input: $input) { opportunity { ${FIELDS} } error { code fields { path code } } }
}`;
const UPDATE = `mutation ($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { opportunity { ${FIELDS} } error { code fields { path code } } }
}`;
const create = async (input: object, caller = one) => (await world.ask(caller, CREATE, { input })).createOpportunity;
const update = async (input: object, caller = one) => (await world.ask(caller, UPDATE, { input })).updateOpportunity;

const partnerOf = async (caller: typeof one, name: string): Promise<string> => {
  const mutation = `mutation ($name: String!) { createBusinessPartner(input: { name: $name, kinds: [PROSPECT], country: "DE" }) { businessPartner { id } } }`;
  return (await world.ask(caller, mutation, { name })).createBusinessPartner.businessPartner.id;
};

let partnerId: string;
let foreignPartnerId: string;
beforeAll(async () => {
  partnerId = await partnerOf(one, 'Interessent GmbH');
  foreignPartnerId = await partnerOf(two, 'Fremder GmbH');
});
const chance = (more = {}) => ({
  title: 'Rahmenvertrag',
  partnerId,
  expectedAmount: '12000.5',
  expectedCloseOn: '2026-12-31',
  ...more,
});

describe('opportunities', () => {
  test('a new one has the probability of its stage', async () => {
    const { opportunity, error } = await create(chance({ stage: 'PROPOSAL' }));
    expect(error).toBeNull();
    expect(opportunity).toMatchObject({
      stage: 'PROPOSAL',
      probability: 50,
      closedAt: null,
      expectedAmount: { amount: '12000.50' },
      partner: { id: partnerId, name: 'Interessent GmbH' },
    });
    expect((await create(chance({ probability: 33 }))).opportunity).toMatchObject({ stage: 'NEW', probability: 33 });
  });

  test('winning closes it, opening it again clears the day', async () => {
    const { opportunity } = await create(chance());
    const won = (await update({ id: opportunity.id, version: 1, stage: 'WON' })).opportunity;
    expect(won).toMatchObject({ stage: 'WON', probability: 100, version: 2 });
    expect(won.closedAt).toMatch(/Z$/);
    const open = (await update({ id: opportunity.id, version: 2, stage: 'NEGOTIATION' })).opportunity;
    expect(open).toMatchObject({ stage: 'NEGOTIATION', probability: 75, closedAt: null });
  });

  test('STAGE_NOT_ALLOWED from won to lost', async () => {
    const { opportunity } = await create(chance({ stage: 'WON' }));
    const { error } = await update({ id: opportunity.id, version: 1, stage: 'LOST' });
    expect(error).toMatchObject({ code: 'STAGE_NOT_ALLOWED', fields: [{ path: 'stage' }] });
  });

  test('CONFLICT on a stale version', async () => {
    const { opportunity } = await create(chance());
    await update({ id: opportunity.id, version: 1, title: 'Anders' });
    const { error } = await update({ id: opportunity.id, version: 1, title: 'Meins' });
    expect(error).toEqual({ code: 'CONFLICT', fields: [{ path: 'title', code: 'CHANGED_MEANWHILE' }] });
  });

  test('NOT_FOUND for the partner or opportunity of another company', async () => {
    expect((await create(chance({ partnerId: foreignPartnerId }))).error).toEqual({
      code: 'NOT_FOUND',
      fields: [{ path: 'partnerId', code: 'NOT_FOUND' }],
    });
    const { opportunity } = await create(chance());
    expect((await update({ id: opportunity.id, version: 1, title: 'X' }, two)).error.code).toBe('NOT_FOUND');
    expect((await update({ id: newId(), version: 1 })).error.code).toBe('NOT_FOUND');
    expect((await update({ id: opportunity.id, version: 1, partnerId: foreignPartnerId })).error.code).toBe(
      'NOT_FOUND',
    );
    expect((await world.ask(two, `{ opportunity(id: "${opportunity.id}") { id } }`)).opportunity).toBeNull();
  });

  test('a list by stage knows its total from the counters', async () => {
    const count = async () =>
      (await world.ask(one, '{ opportunities(filter: { stage: { eq: LOST } }) { totalCount } }')).opportunities
        .totalCount;
    const before = await count();
    const { opportunity } = await create(chance({ stage: 'LOST' }));
    expect(await count()).toBe(before + 1);
    await update({ id: opportunity.id, version: 1, stage: 'NEW' });
    expect(await count()).toBe(before);
  });

  test('many at once are kept or refused together', async () => {
    const mutation = `mutation ($items: [CreateOpportunityInput!]!) {
      createOpportunities(input: { items: $items }) { opportunities { title } errors { index path code } }
    }`;
    const good = [chance({ title: 'Eins' }), chance({ title: 'Zwei' })];
    const made = (await world.ask(one, mutation, { items: good })).createOpportunities;
    expect(made).toEqual({ opportunities: [{ title: 'Eins' }, { title: 'Zwei' }], errors: [] });
    const bad = [chance(), chance({ partnerId: foreignPartnerId })];
    expect((await world.ask(one, mutation, { items: bad })).createOpportunities).toEqual({
      opportunities: [],
      errors: [{ index: 1, path: 'partnerId', code: 'NOT_FOUND' }],
    });
  });

  test('is expected within the years of the books', async () => {
    for (const expectedCloseOn of ['0001-01-01', '1979-12-31', '2101-01-01']) {
      expect((await create(chance({ expectedCloseOn }))).error).toEqual({
        code: 'INVALID_INPUT',
        fields: [{ path: 'expectedCloseOn', code: 'DATE_OUT_OF_RANGE' }],
      });
    }
    const { createOpportunities } = await world.ask(
      one,
      'mutation ($items: [CreateOpportunityInput!]!) { createOpportunities(input: { items: $items }) { errors { index path code message } } }',
      { items: [chance({ expectedCloseOn: '0001-01-01' })] },
      { locale: 'en' },
    );
    expect(createOpportunities.errors).toEqual([
      {
        index: 0,
        path: 'expectedCloseOn',
        code: 'DATE_OUT_OF_RANGE',
        message: 'The date must be between 1 Jan 1980 and 31 Dec 2100.',
      },
    ]);
  });

  test('needs the permission to write', async () => {
    const { errors } = await world.answer(withPermissions(one, 'crm:read'), CREATE, { input: chance() });
    expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});
