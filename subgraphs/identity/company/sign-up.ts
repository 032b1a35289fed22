import { defineAction } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { zEmail, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { hashPassword, isWeakPassword, zPassword } from '../password/password.ts';
import { grant, startSession } from '../session/sessions.ts';
import { provePassword } from '../session/sign-in.ts';
import { zLocale } from '../user/user.input.ts';
import { accountByEmail, createAccount } from '../user/user.queries.ts';
import { CHARTS } from './company.tables.ts';
import { createCompany } from './create-company.ts';

const zSignUp = z.object({
  companyName: zText(200),
  email: zEmail(),
  password: zPassword(),
  locale: zLocale().nullish(),
  name: zText(200).nullish(),
  chart: z.enum(CHARTS).nullish(),
  fiscalYearStartMonth: z.int().min(1).max(12).nullish(),
});

export const signUp = defineAction({
  name: 'signUp',
  description: 'Makes a new company with its owner and signs the owner in.',
  permission: 'public',
  input: zSignUp,
  errors: ['EMAIL_TAKEN', 'WEAK_PASSWORD', 'TOO_MANY_ATTEMPTS'],
  payload: { accessToken: 'String', expiresAt: 'DateTime', user: 'SignedInUser' },
  async perform(ctx, input) {
    const { email, password } = input;
    const locale = input.locale ?? 'de';
    const known = await ctx.transaction((tx) => accountByEmail(tx, email));
    if (known) {
      // Who knows the password may own one company more.
      const proof = await provePassword(ctx, email, password);
      if (!proof.ok)
        return proof.code === 'TOO_MANY_ATTEMPTS' ? fail(proof.code, proof) : failField('EMAIL_TAKEN', 'email');
    } else if (isWeakPassword(password, email)) {
      return failField('WEAK_PASSWORD', 'password');
    }
    const passwordHash = known?.passwordHash ?? (await hashPassword(password));

    const open = await ctx.transaction(async (tx) => {
      const name = input.name ?? email.split('@')[0] ?? email;
      const account = known ?? (await createAccount(tx, { email, name, locale, passwordHash }));
      if (!account) return null;
      const companyId = await createCompany(
        tx,
        {
          name: input.companyName,
          legalName: input.companyName,
          chart: input.chart ?? 'SKR03',
          fiscalYearStartMonth: input.fiscalYearStartMonth ?? 1,
          email,
          locale,
        },
        account,
      );
      return startSession(ctx, tx, account, companyId);
    });
    if (!open) return failField('EMAIL_TAKEN', 'email');
    return ok({ ...(await grant(ctx, open)), user: open.account });
  },
});
