import type { z } from 'zod';
import type { Ctx } from './context.ts';
import { standardError } from './errors.ts';
import { once } from './idempotency.ts';
import type { List } from './list.ts';
import { loadNode } from './list-page.ts';
import type { Permission } from './permissions.ts';
import { type Failure, type FieldFault, fail, type Result } from './result.ts';
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

/** A mutation: one transaction around the use case, which a failure or a dry run rolls back and an idempotency key replays. */
export function defineMutation<Input, Value extends object, const Code extends string>(
  options: MutationOptions<Input, Value, Code>,
): Mutation<Input, Value, Code> {
  return mutation(options, (ctx, input, given) =>
    ctx.transaction(async (tx) => {
      const { idempotencyKey } = (given ?? {}) as Keyed;
      const dryRun = isDryRun(options, given);
      const work = () => options.run(tx, input, ctx);
      const result =
        idempotencyKey && !dryRun ? await once(tx, options.name, idempotencyKey, given, work) : await work();
      // A dry run does all the work and keeps nothing.
      return result.ok && !dryRun ? result : tx.rollback(result);
    }),
  );
}

/**
 * A mutation that opens its own transactions: for work that must be kept although it fails (counting failed sign-ins), or
 * that is too slow to hold a connection meanwhile (hashing a password). It takes no idempotency key.
 */
export function defineAction<Input, Value extends object, const Code extends string>(
  options: ActionOptions<Input, Value, Code>,
): Mutation<Input, Value, Code> {
  return mutation(options, (ctx, input) => options.perform(ctx, input));
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
