import type { Ctx } from '@valeo/kit/context.ts';
import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import type { TaskRow } from './task/task.tables.ts';

export const platformResolvers = {
  JSON: new GraphQLScalarType({
    name: 'JSON',
    description: 'Any JSON value.',
    parseValue: (value) => value,
    parseLiteral: valueFromASTUntyped,
  }),
  Task: {
    message: (row: TaskRow, _: unknown, ctx: Ctx) => (ctx.locale === 'de' ? row.messageDe : row.messageEn),
  },
};
