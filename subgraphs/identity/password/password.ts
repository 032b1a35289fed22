import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { randomSecret } from '../secrets.ts';

/** Argon2id with the parameters that OWASP recommends: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const PASSWORD_MIN = 12;
const PASSWORD_MAX = 200;

/** Any password: how good it is, is asked only where one is chosen. */
export const zPassword = () => z.string().min(1).max(PASSWORD_MAX);

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST);

let decoy: Promise<string> | undefined;

/** Checks a password. Without a hash (nobody has that address) it takes the same time and is never right. */
export async function passwordMatches(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomSecret());
  const matches = await verify(stored ?? (await decoy), password.normalize('NFKC'));
  return matches && stored !== undefined;
}

const COMMON = [/^(.{1,4})\1+$/, /^(0?1234567890?)+\d*$/, /^(passwor[td]|kennwort|qwert[yz]uiop|abcdefgh)[\d!]*/i];

/** True when guessing programs find the password early: short, of few characters, well-known or the person's own address. */
export function isWeakPassword(password: string, email: string): boolean {
  const [name = ''] = email.split('@');
  return (
    password.length < PASSWORD_MIN ||
    new Set(password).size < 5 ||
    COMMON.some((pattern) => pattern.test(password)) ||
    (name.length > 3 && password.toLowerCase().replace(/[\d\W]+$/, '') === name.toLowerCase())
  );
}
