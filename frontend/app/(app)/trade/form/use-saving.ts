import { useRouter } from 'next/navigation';
import { type RefObject, useState } from 'react';
import type { FormFilesHandle } from '#attachments/FormFiles.tsx';
import { newIdempotencyKey } from '#graphql/client.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { useConnection } from '#offline/connection.ts';
import type { FormHelpHandle } from '#offline/FormHelp.tsx';
import type { EditedRecord, useEditing } from '#offline/use-editing.ts';
import type { LeaveGuard } from '#offline/use-leave-guard.ts';
import { toast } from '#ui/Toast.tsx';
import { untakenText } from '#ui/untaken.ts';
import { useFaultInView } from '#ui/use-fault-in-view.ts';
import type { TradeKind } from './kinds.ts';
import { type TradeDraft, tradeInput } from './trade-draft.ts';

/** What a new document is, besides what is typed. */
export interface Created {
  readonly kind: 'CREDIT_NOTE';
}

interface Saving {
  readonly kind: TradeKind;
  readonly record: EditedRecord;
  readonly edited: { readonly id: string; readonly version: number } | null;
  /** The purchase order that a bill is about. */
  readonly orderId: string | null;
  readonly created?: Created;
  readonly editing: ReturnType<typeof useEditing<TradeDraft>>;
  readonly title: string;
  readonly form: RefObject<HTMLFormElement | null>;
  readonly guard: LeaveGuard;
  readonly help: RefObject<FormHelpHandle | null>;
  readonly files: RefObject<FormFilesHandle | null>;
}

/**
 * Saves a document: at once, or by the outbox when there is no connection, with what was attached to it; and posts it where its
 * kind can be posted. What is wrong stands in `errors` by its path.
 */
export function useSaving({
  kind,
  record,
  edited,
  orderId,
  created,
  editing,
  title,
  form,
  guard,
  help,
  files,
}: Saving) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const { offline } = useConnection();
  const saving = useWrite(edited ? kind.update : kind.create);
  const posting = useWrite(kind.post ?? kind.create);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [notice, setNotice] = useState<string | null>(null);
  const [finishing, setFinishing] = useState(false);
  const failure = saving.error ?? posting.error;
  const showFault = useFaultInView(form, editing.conflicts.length > 0);

  const settle = () => {
    guard.release();
    help.current?.settle();
  };
  const refuse = (text: string, code?: string): null => {
    setNotice(text);
    showFault(code);
    return null;
  };
  /** The id of the saved document; null when it is not saved, or waits in the outbox. */
  const save = async (): Promise<string | null> => {
    const untaken = untakenText(form.current);
    if (untaken !== null) {
      setNotice(t('ui.form.notTaken', { text: untaken }));
      return null;
    }
    const { input, faults: found } = tradeInput(kind, editing.values, format.locale, {
      required: t('ui.form.required'),
      notANumber: t('ui.form.notANumber'),
      positive: t('ui.form.positive'),
      noLines: t('ui.entry.noLines'),
    });
    setFaults(found);
    if (Object.keys(found).length > 0) {
      showFault();
      return null;
    }
    if (help.current?.ended) return refuse(t('ui.ended.refused'));
    if (editing.conflicts.length > 0) return refuse(t('ui.merge.open'));
    setNotice(null);
    const whole = { ...input, ...(orderId && { orderId }), ...(edited ?? created) };
    if (offline || help.current?.queued) return park(whole, newIdempotencyKey(), false);
    const [payload] = Object.values((await saving.write(whole)) ?? {}) as [Readonly<Record<string, { id: string }>>?];
    const id = payload?.[kind.object]?.id;
    if (id) return attached(id);
    const { code, key } = saving.attempt.current;
    if (code === 'OFFLINE') return park(whole, key, navigator.onLine);
    // A write of an earlier build goes on in the current one.
    if (code === 'PERSISTED_QUERY_NOT_FOUND') return park(whole, key, false);
    // The newer version comes and is merged into what was typed.
    help.current?.check(code);
    showFault(code);
    return null;
  };
  const attached = async (id: string): Promise<string> => {
    setFinishing(true);
    await files.current?.attachTo({ record: kind.record, id }).finally(() => setFinishing(false));
    return id;
  };
  /** Into the outbox. What could be sent at once is saved like any other; the rest is shown where it waits. */
  const park = async (input: Readonly<Record<string, unknown>>, key: string, sent: boolean): Promise<string | null> => {
    setFinishing(true);
    try {
      const { parkWrite } = await import('#offline/park-write.ts');
      const operation = edited ? kind.update : kind.create;
      const mutation = operation.name.charAt(0).toLowerCase() + operation.name.slice(1);
      const values = { ...editing.values };
      const base = { ...editing.base.values };
      const change = { operation, mutation, object: kind.object, input, key, sent, title, values, base };
      const outcome = await parkWrite(record, change, help.current?.queued ?? null, t);
      if (outcome.state === 'done') {
        const id = outcome.id ?? edited?.id;
        return id ? await attached(id) : null;
      }
      if (outcome.state === 'refused') {
        setFaults(Object.fromEntries(outcome.fault.fields.map(({ path, message }) => [path, message])));
        help.current?.check(outcome.fault.code);
        return refuse(outcome.fault.message, outcome.fault.code);
      }
      const waiting = outcome.state === 'waiting' ? (outcome.makes ?? edited?.id) : edited?.id;
      if (waiting) await attached(waiting);
      settle();
      toast({ tone: 'ok', text: t(outcome.state === 'gone' ? 'ui.outbox.gone' : 'ui.outbox.parked') });
      guard.leave('/outbox');
      return null;
    } finally {
      setFinishing(false);
    }
  };
  const leave = (id: string) => {
    settle();
    guard.leave(`${kind.list}/${id}`);
    router.refresh();
  };

  return {
    busy: saving.busy || posting.busy || finishing,
    errors: { ...failure?.fields, ...faults },
    failure: failure?.message ?? notice,
    forgive: () => setFaults({}),
    async save(): Promise<void> {
      const id = await save();
      if (!id) return;
      toast({ tone: 'ok', text: t(kind.post ? 'ui.entry.saved' : 'ui.saved') });
      leave(id);
    },
    async savePosted(): Promise<void> {
      // Numbers, dates and periods are the server's to decide: nothing is ever posted later.
      if (offline) toast({ tone: 'danger', text: t('ui.offline.notPosted') });
      const id = await save();
      if (!id) return;
      const [posted] = Object.values((await posting.write({ id })) ?? {}) as [
        Readonly<Record<string, { number: string | null }>>?,
      ];
      if (posted) {
        toast({ tone: 'ok', text: t('ui.invoice.posted', { number: posted[kind.object]?.number ?? '' }) });
        leave(id);
      } else if (edited) showFault();
      else {
        // The draft is safe; what stands in the way of posting it is said on its own page.
        settle();
        router.replace(`${kind.list}/${id}/edit`);
      }
    },
  } as const;
}
