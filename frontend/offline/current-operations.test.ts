import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { currentOperations } from './current-operations.ts';

/** Operations of the forms whose work waits in the outbox without a connection: those of pages that name their record, and of documents. */
function operationsOfForms(): string[] {
  const app = join(import.meta.dirname, '..', 'app');
  return globSync('**/*.{ts,tsx}', { cwd: app }).flatMap((file) => {
    const text = readFileSync(join(app, file), 'utf8');
    const ofRecords = /record: \{ form: /.test(text) ? [...text.matchAll(/operation: (\w+)/g)] : [];
    const ofDocuments = [...text.matchAll(/(?:create|update): (\w+) as unknown as Save/g)];
    return [...ofRecords, ...ofDocuments].map(([, name]) => name as string);
  });
}

test('what a form has put into the outbox goes on in a later build, whichever form it was', () => {
  const used = [...new Set(operationsOfForms())].sort();
  expect(used).toContain('CreateActivity');
  expect(used).toContain('UpdateSalesInvoice');
  const known = currentOperations.map(({ name }) => name);
  expect(known.filter((name) => name !== 'AttachFile').sort()).toEqual(used);
});

test('each of them happens once, however often it is sent', () => {
  expect(currentOperations.filter(({ keyed }) => !keyed)).toEqual([]);
});
