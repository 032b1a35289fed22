import { resetPasswordOf } from '@valeo/identity/password/operator-reset.ts';
import { runCommand } from './open-database.ts';

// pnpm reset-password <email>
const [email] = process.argv.slice(2);
await runCommand(async (database) => {
  if (!email) throw new Error('Usage: pnpm reset-password <email>');
  const password = await resetPasswordOf(database, email);
  return `The password of ${email} is now\n\n  ${password}\n\nAll sessions have ended. Please have it changed after the first sign-in.`;
});
