import { newId } from '@valeo/kit/ids.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { crm } from '../crm.subgraph.ts';

const world = await twoTenants(crm);
const { one, two } = world;

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
describe('activities', () => {
  const FIELDS = 'id kind subject status doneAt dueOn partner { name } opportunity { title } version';
  const CREATE = `mutation ($input: CreateActivityInput!) {
    createActivity(input: $input) { activity { ${FIELDS} } error { code fields { path code } } } }`;
  const UPDATE = `mutation ($input: UpdateActivityInput!) {
    updateActivity(input: $input) { activity { ${FIELDS} } error { code fields { path code } } } }`;
  const create = async (input: object, caller = one) => (await world.ask(caller, CREATE, { input })).createActivity;
  const update = async (input: object, caller = one) => (await world.ask(caller, UPDATE, { input })).updateActivity;

  test('hang on a partner and an opportunity, and are done when they have a time', async () => {
    const { createOpportunity } = await world.ask(
      one,
      `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { opportunity { id } } }`,
      { input: { title: 'Rahmenvertrag', partnerId, expectedAmount: '1', expectedCloseOn: '2026-12-31' } },
    );
    const { opportunity } = createOpportunity;
    const { activity } = await create({
      kind: 'CALL',
      subject: 'Nachfassen',
      partnerId,
      opportunityId: opportunity.id,
      dueOn: '2026-12-01',
    });
    expect(activity).toMatchObject({
      status: 'OPEN',
      partner: { name: 'Interessent GmbH' },
      opportunity: { title: 'Rahmenvertrag' },
    });
    const done = (await update({ id: activity.id, version: 1, doneAt: '2026-12-01T10:00:00Z' })).activity;
    expect(done).toMatchObject({ status: 'DONE', doneAt: '2026-12-01T10:00:00Z' });

    const { businessPartner } = await world.ask(
      one,
      `{ businessPartner(id: "${partnerId}") { activities(filter: { status: { eq: DONE } }) { totalCount edges { node { subject } } } opportunities { totalCount } } }`,
    );
    expect(businessPartner.activities).toEqual({ totalCount: 1, edges: [{ node: { subject: 'Nachfassen' } }] });
    expect(businessPartner.opportunities.totalCount).toBeGreaterThan(0);
  });

  test('sorted by due date, those without one come last', async () => {
    const subject = 'Sortierung';
    for (const dueOn of [null, '2026-02-01', '2026-01-01']) await create({ kind: 'TASK', subject, dueOn });
    const { activities } = await world.ask(
      one,
      `{ activities(filter: { subject: { eq: "${subject}" } }, orderBy: [{ field: DUE_ON }]) { edges { node { dueOn } } } }`,
    );
    expect(activities.edges.map(({ node }: { node: { dueOn: string | null } }) => node.dueOn)).toEqual([
      '2026-01-01',
      '2026-02-01',
      null,
    ]);
  });

  test('NOT_FOUND names each unknown reference', async () => {
    const { error } = await create({ kind: 'NOTE', subject: 'X', partnerId: foreignPartnerId, opportunityId: newId() });
    expect(error).toEqual({
      code: 'NOT_FOUND',
      fields: [
        { path: 'partnerId', code: 'NOT_FOUND' },
        { path: 'opportunityId', code: 'NOT_FOUND' },
      ],
    });
    const { activity } = await create({ kind: 'NOTE', subject: 'Mein' });
    expect((await update({ id: activity.id, version: 1, subject: 'Dein' }, two)).error.code).toBe('NOT_FOUND');
    expect((await update({ id: activity.id, version: 1, partnerId: foreignPartnerId })).error.fields).toEqual([
      { path: 'partnerId', code: 'NOT_FOUND' },
    ]);
  });

  test('CONFLICT on a stale version', async () => {
    const { activity } = await create({ kind: 'NOTE', subject: 'Eins' });
    await update({ id: activity.id, version: 1, subject: 'Zwei' });
    expect((await update({ id: activity.id, version: 1, subject: 'Drei' })).error.code).toBe('CONFLICT');
  });

  test('many at once', async () => {
    const mutation = `mutation ($items: [CreateActivityInput!]!) {
      createActivities(input: { items: $items }) { activities { subject } errors { index code } } }`;
    const items = [
      { kind: 'NOTE', subject: 'A' },
      { kind: 'MEETING', subject: 'B' },
    ];
    expect((await world.ask(one, mutation, { items })).createActivities).toEqual({
      activities: [{ subject: 'A' }, { subject: 'B' }],
      errors: [],
    });
  });

  test('is due within the years of the books', async () => {
    const mutation = `mutation ($items: [CreateActivityInput!]!) {
      createActivities(input: { items: $items }) { errors { index path code } } }`;
    const items = [{ kind: 'TASK', subject: 'Zu früh', dueOn: '0001-01-01' }];
    expect((await world.ask(one, mutation, { items })).createActivities.errors).toEqual([
      { index: 0, path: 'dueOn', code: 'DATE_OUT_OF_RANGE' },
    ]);
  });

  test('a subscription sends the changed one to its own company only', async () => {
    const subscription = 'subscription { activitiesChanged(filter: { kind: { eq: TASK } }) { subject } }';
    const mine = await world.subscribe(one, subscription);
    const theirs = await world.subscribe(two, subscription);
    const next = mine.next();
    const silence = theirs.next();
    await Promise.resolve();
    const { activity } = await create({ kind: 'TASK', subject: 'Live' });
    const event = { id: '1', type: 'crm.Activity', op: 'created', entityId: activity.id, at: '' } as const;
    await world.pubsub.publish([{ ...event, tenantId: one.tenantId }]);
    expect((await next).value).toEqual({ data: { activitiesChanged: { subject: 'Live' } }, errors: [] });
    await Promise.all([mine.return?.(), theirs.return?.()]);
    expect((await silence).done).toBe(true);
  });
});
