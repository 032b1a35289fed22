import type { z } from 'zod';
import type { Ctx } from './context.ts';
import { standardError } from './errors.ts';
import { Gatherer } from './gather.ts';
import { claimKeys, keepResults, once } from './idempotency.ts';
import type { List } from './list.ts';
import { loadNode } from './list-page.ts';
import type { Permission } from './permissions.ts';
import { type Failure, type FieldFault, fail, ok, type Result } from './result.ts';
import { sqlStateOf } from './sql-state.ts';
import type { Tx } from './tenant-db.ts';
import { type Texts, textOf } from './texts.ts';
import { validate } from './validate.ts';

/** Every mutation can answer with these. */
export type CommonCode = 'INVALID_INPUT' | 'IDEMPOTENCY_KEY_REUSED';
export const COMMON_CODES: readonly CommonCode[] = ['INVALID_INPUT', 'IDEMPOTENCY_KEY_REUSED'];

/** What a payload field holds: an entry of a list, named by its id, or a value of a GraphQL type, passed through. */
export type PayloadField = List | string;

interface Described<Input, Value extends object, Code extends string> {
  readonly name: string;
  /** One or two sentences for integrators. */
  readonly description: string;
  /** `public`: strangers may call it (sign-in). `session`: any signed-in caller may. */
  readonly permission: Permission | 'public' | 'session';
  readonly input: z.ZodType<Input>;
  /** The input argument may be left out. */
  readonly optionalInput?: boolean;
  /** Codes of this mutation, besides the common ones. Their texts are the domain's. */
  readonly errors: readonly Code[];
  readonly payload: Readonly<Record<keyof Value & string, PayloadField>>;
  /** Bulk: payload fields are lists and faults are told per item. Names the input field that holds the items. */
  readonly bulk?: string;
  /** The input's `dryRun` is not about this mutation but about what it starts. */
  readonly keepsDryRun?: boolean;
}

export interface MutationOptions<Input, Value extends object, Code extends string>
  extends Described<Input, Value, Code> {
  /**
   * Of a bulk mutation whose writes queue up at one row, such as the head of a chain: small calls of one user that arrive
   * while others are at work are done in one transaction. `run` must not look at anything of its `ctx` but the user.
   */
  readonly gathers?: boolean;
  /** The use case. Ids in the value of list fields; runs inside the transaction, which a failure rolls back. */
  run(tx: Tx, input: Input, ctx: Ctx): Promise<Result<Value, Code | CommonCode>>;
}

export interface ActionOptions<Input, Value extends object, Code extends string> extends Described<Input, Value, Code> {
  /** The use case, which opens its own transactions. */
  perform(ctx: Ctx, input: Input): Promise<Result<Value, Code | CommonCode>>;
}

export interface Mutation<Input = unknown, Value extends object = object, Code extends string = string>
  extends Described<Input, Value, Code> {
  /** Permission, validation, idempotency and transaction around the use case. */
  execute(ctx: Ctx, input: unknown): Promise<Result<Value, Code | CommonCode>>;
  /** The GraphQL resolver: executes and makes the payload. */
  resolve(ctx: Ctx, input: unknown, texts: Texts): Promise<Record<string, unknown>>;
}

interface Keyed {
  readonly idempotencyKey?: string | null;
  readonly dryRun?: boolean | null;
}

const isDryRun = (options: { readonly keepsDryRun?: boolean }, input: unknown): boolean =>
  !options.keepsDryRun && ((input as Keyed | null)?.dryRun ?? false);

/** More items than this are worth a transaction of their own. */
const GATHERED_ITEMS = 20;
const GATHERED_CALLS = 50;

interface Call<Input> {
  readonly ctx: Ctx;
  readonly input: Input;
  /** The input as the client wrote it, which its key stands for. */
  readonly given: unknown;
}

const keyOf = ({ given }: Call<unknown>): string | null => (given as Keyed | null)?.idempotencyKey ?? null;

/** A mutation: one transaction around the use case, which a failure or a dry run rolls back and an idempotency key replays. */
export function defineMutation<Input, Value extends object, const Code extends string>(
  options: MutationOptions<Input, Value, Code>,
): Mutation<Input, Value, Code> {
  const { bulk } = options;
  if (!options.gathers || !bulk) return mutation(options, (ctx, input, given) => alone(options, { ctx, input, given }));

  const gatherer = new Gatherer(GATHERED_CALLS, (calls: readonly Call<Input>[]) => together(options, bulk, calls));
  return mutation(options, (ctx, input, given) => {
    const call = { ctx, input, given };
    if (ctx.isGuarded || isDryRun(options, given) || itemsOf(input, bulk).length > GATHERED_ITEMS)
      return alone(options, call);
    const { tenantId, userId, clientId } = ctx.caller;
    return gatherer.do(`${tenantId} ${userId} ${clientId}`, call);
  });
}

function alone<Input, Value extends object, Code extends string>(
  options: MutationOptions<Input, Value, Code>,
  call: Call<Input>,
): Promise<Result<Value, Code | CommonCode>> {
  const { ctx, input, given } = call;
  const done = ctx.transaction(async (tx) => {
    const key = keyOf(call);
    const dryRun = isDryRun(options, given);
    const work = () => options.run(tx, input, ctx);
    const result = key && !dryRun ? await once(tx, options.name, { key, input: given }, work) : await work();
    // A dry run does all the work and keeps nothing.
    return result.ok && !dryRun ? result : tx.rollback(result);
  });
  return withinRange(done);
}

const itemsOf = (input: unknown, bulk: string) => (input as Record<string, readonly unknown[]>)[bulk] ?? [];

/** All calls in one transaction; each alone if that fails, because one with a fault must not take the others with it. */
async function together<Input, Value extends object, Code extends string>(
  options: MutationOptions<Input, Value, Code>,
  bulk: string,
  calls: readonly Call<Input>[],
): Promise<readonly Result<Value, Code | CommonCode>[]> {
  const each = () => Promise.all(calls.map((call) => alone(options, call)));
  const [first] = calls;
  const keyed = calls.flatMap((call) => {
    const key = keyOf(call);
    return key ? [{ call, key, input: call.given }] : [];
  });
  // A key that comes twice has to wait for its own answer.
  if (!first || calls.length === 1 || new Set(keyed.map(({ key }) => key)).size < keyed.length) return each();

  await Promise.all(calls.map(({ ctx }) => ctx.close()));
  const { services } = first.ctx;
  const session = { ...first.ctx.session(), requestId: calls.map(({ ctx }) => ctx.call.requestId).join(' ') };
  const done = services.database.transaction(session, async (tx) => {
    const before = await claimKeys<Value>(tx, options.name, keyed);
    const answers = new Map(keyed.map(({ call }, index) => [call, before[index]]));
    const fresh = calls.filter((call) => !answers.get(call));
    if (fresh.length > 0) {
      const input = { ...first.input, [bulk]: fresh.flatMap((call) => itemsOf(call.input, bulk)) };
      const result = await options.run(tx, input, first.ctx);
      if (!result.ok) return tx.rollback(null);
      let from = 0;
      for (const call of fresh) {
        const to = from + itemsOf(call.input, bulk).length;
        answers.set(call, ok(slices(result.value, from, to)));
        from = to;
      }
      const kept = keyed.flatMap(({ call, key }) => {
        const answer = answers.get(call);
        return fresh.includes(call) && answer?.ok ? [{ key, value: answer.value }] : [];
      });
      await keepResults(tx, options.name, kept);
    }
    return calls.map((call) => answers.get(call) as Result<Value, CommonCode>);
  });
  // Faults of the database are told by each call's own attempt.
  const answers = await done.catch(() => null);
  if (!answers) return each();
  services.committed();
  return answers;
}

/** What belongs to the items `from` to `to` in the value of a bulk use case, whose fields are lists in the items' order. */
const slices = <Value extends object>(value: Value, from: number, to: number): Value =>
  Object.fromEntries(
    Object.entries(value).map(([field, list]) => [field, (list as readonly unknown[]).slice(from, to)]),
  ) as Value;

/**
 * A mutation that opens its own transactions: for work that must be kept although it fails (counting failed sign-ins), or
 * that is too slow to hold a connection meanwhile (hashing a password). It takes no idempotency key.
 */
export function defineAction<Input, Value extends object, const Code extends string>(
  options: ActionOptions<Input, Value, Code>,
): Mutation<Input, Value, Code> {
  return mutation(options, (ctx, input) => withinRange(options.perform(ctx, input)));
}

function mutation<Input, Value extends object, Code extends string>(
  options: Described<Input, Value, Code>,
  perform: (ctx: Ctx, input: Input, given: unknown) => Promise<Result<Value, Code | CommonCode>>,
): Mutation<Input, Value, Code> {
  /** A malformed id is answered like an unknown one, unless more is wrong. */
  const codeOf = (faults: readonly FieldFault[]): Code | CommonCode =>
    options.errors.find((code) => code === 'NOT_FOUND' && faults.every((fault) => fault.code === code)) ??
    'INVALID_INPUT';

  async function execute(ctx: Ctx, input: unknown): Promise<Result<Value, Code | CommonCode>> {
    if (options.permission === 'session') ctx.caller;
    else if (options.permission !== 'public') ctx.require(options.permission);

    const parsed = validate(options.input, input ?? {});
    if ('faults' in parsed) return fail(codeOf(parsed.faults), { fields: parsed.faults });
    return perform(ctx, parsed.value, input);
  }

  return {
    ...options,
    execute,
    async resolve(ctx, input, texts) {
      const result = await execute(ctx, input);
      const faults = options.bulk
        ? { errors: result.ok ? [] : itemErrors(result, ctx, texts) }
        : { error: result.ok ? null : payloadError(result, ctx, texts) };
      const kept = result.ok && !isDryRun(options, input);
      const fields = Object.entries<PayloadField>(options.payload).map(([field, kind]) => {
        if (!result.ok) return [field, options.bulk && typeof kind !== 'string' ? [] : null];
        const value = (result.value as Record<string, unknown>)[field];
        if (typeof kind === 'string') return [field, value];
        if (options.bulk) {
          const ids = kept ? (value as string[]) : [];
          return [field, () => Promise.all(ids.map((id) => existing(ctx, kind, id)))];
        }
        return [field, value && kept ? () => existing(ctx, kind, value as string) : null];
      });
      // Entries are functions, which the executor calls only where the client asks for them.
      return { ...Object.fromEntries(fields), ...faults };
    },
  };
}

/** The largest amount that is stored: `numeric(19, 2)`. */
const tooBig: FieldFault = { path: '', code: 'TOO_BIG', params: { max: '99999999999999999.99' } };

/** numeric_value_out_of_range: fields that are small enough each can have a product or a sum that is not. */
const OUT_OF_RANGE = '22003';

/** An amount that turns out too big in the database is a fault of the input like any other. */
const withinRange = <Value extends object, Code extends string>(
  done: Promise<Result<Value, Code | CommonCode>>,
): Promise<Result<Value, Code | CommonCode>> =>
  done.catch((error: unknown) => {
    if (sqlStateOf(error) === OUT_OF_RANGE) return fail('INVALID_INPUT', { fields: [tooBig] });
    throw error;
  });

async function existing(ctx: Ctx, list: List, id: string) {
  const row = await loadNode(ctx, list, id);
  if (!row)
    throw standardError('INTERNAL', ctx.locale, {}, new Error(`${list.type} ${id} vanished after its mutation`));
  return row;
}

const fieldError = (fault: FieldFault, ctx: Ctx, texts: Texts) => ({
  path: fault.path,
  code: fault.code,
  message: textOf(texts, fault.code, ctx.locale, fault.params),
});

function payloadError(failure: Failure, ctx: Ctx, texts: Texts) {
  return {
    code: failure.code,
    message: textOf(texts, failure.code, ctx.locale, failure.params),
    fields: failure.fields.map((fault) => fieldError(fault, ctx, texts)),
  };
}

/** `entries.3.lines.0.account` becomes index 3 and path `lines.0.account`. */
function itemErrors(failure: Failure, ctx: Ctx, texts: Texts) {
  if (failure.fields.length === 0) {
    return [
      { index: null, path: '', code: failure.code, message: textOf(texts, failure.code, ctx.locale, failure.params) },
    ];
  }
  return failure.fields.map((fault) => {
    const [, index, ...rest] = fault.path.split('.');
    const numbered = index !== undefined && /^\d+$/.test(index);
    return {
      ...fieldError(fault, ctx, texts),
      index: numbered ? Number(index) : null,
      path: numbered ? rest.join('.') : fault.path,
    };
  });
}
