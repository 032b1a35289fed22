import { toyHouse } from '@valeo/kit/testing/toy/toy.ts';
import { expect, test } from 'vitest';
import { requireOwner } from './external-postgres.ts';

test('migrations take a user who may do all that they do, and whose name is not one of theirs', async () => {
  const house = await toyHouse();
  await requireOwner(house.ownerUrl);
  const { username } = new URL(house.url);
  await expect(requireOwner(house.url)).rejects.toThrow(
    `DATABASE_URL is of user ${username}, but allowed is a superuser, or the owner of the database with CREATEROLE`,
  );
});
