'use client';

import { useRouter } from 'next/navigation';
import { Suspense, useState } from 'react';
import {
  CancelSalesInvoice,
  DeleteSalesInvoice,
  InvoiceDraft,
  PostSalesInvoice,
} from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button, ButtonLink } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { late } from '#ui/late.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';
import type { bringBack, KnownInvoice } from './draft-again.ts';

const CancelDialog = late(() => import('../../../trade/CancelDialog.tsx'));
const PaymentDialog = late(() => import('../../../trade/PaymentDialog.tsx'));

/** What can be done with a document: a draft is posted, edited or thrown away; a posted one is paid, or paid back, or cancelled. */
export function InvoiceActions(props: {
  id: string;
  title: string;
  status: 'DRAFT' | 'POSTED' | 'CANCELLED';
  isInvoice: boolean;
  /** The document cancels another one; it stays. */
  isCancellation: boolean;
  openAmount: string;
  gross: string;
  may: { readonly write: boolean; readonly post: boolean };
}) {
  const { id, title, status, isInvoice, isCancellation, openAmount, gross, may } = props;
  const { t, format } = useLanguage();
  const router = useRouter();
  const [dialog, setDialog] = useState<'pay' | 'cancel' | 'post' | null>(null);
  const posting = useWrite(PostSalesInvoice);
  const deleting = useWrite(DeleteSalesInvoice);
  const [isCrediting, setCrediting] = useState(false);
  const close = () => setDialog(null);

  const post = async () => {
    const data = await posting.write({ id });
    if (!data) return;
    close();
    toast({ tone: 'ok', text: t('ui.invoice.posted', { number: data.postSalesInvoice.salesInvoice?.number ?? '' }) });
    router.refresh();
  };
  const remove = async () => {
    const draft = await request(InvoiceDraft, { id }).catch(() => null);
    if (!(await deleting.write({ id }))) return;
    const undo = draft?.salesInvoice && (() => void restore(draft.salesInvoice as KnownInvoice));
    toast({
      tone: 'ok',
      text: t('ui.invoice.deleted'),
      action: undo ? { label: t('ui.undo'), run: undo } : undefined,
    });
    router.push('/sales/invoices');
    router.refresh();
  };

  /** Opens what was written, or says why it was not. */
  const restore = async (draft: KnownInvoice) => {
    const { bringBack } = await import('./draft-again.ts');
    opened(await bringBack(draft).catch(() => null));
  };
  const credit = async () => {
    setCrediting(true);
    const invoice = (await request(InvoiceDraft, { id }).catch(() => null))?.salesInvoice;
    if (invoice) {
      const { creditOf } = await import('./draft-again.ts');
      const made = await creditOf(invoice).catch(() => undefined);
      if (made === null) toast({ tone: 'danger', text: t('ui.invoice.nothingToCredit', { number: title }) });
      else opened(made ?? null, '/edit');
    } else opened(null);
    setCrediting(false);
  };
  const opened = (made: Awaited<ReturnType<typeof bringBack>> | null, page = '') => {
    if (made?.salesInvoice) router.push(`/sales/invoices/${made.salesInvoice.id}${page}`);
    else toast({ tone: 'danger', text: made?.error?.message ?? t('ui.error.title') });
  };

  return (
    <>
      {status !== 'DRAFT' && (
        <Button icon="print" className="only-wide" onClick={() => window.print()}>
          {t('ui.print')}
        </Button>
      )}
      {status === 'DRAFT' && may.write && (
        <>
          <Button kind="ghost" icon="trash" label={t('ui.invoice.delete')} busy={deleting.busy} onClick={remove} />
          <ButtonLink icon="pencil" href={`/sales/invoices/${id}/edit`} shortcut="E">
            {t('ui.edit')}
          </ButtonLink>
          {may.post && (
            <Button kind="primary" icon="check" onClick={() => setDialog('post')} shortcut="B">
              {t('ui.invoice.post')}
            </Button>
          )}
        </>
      )}
      {status === 'POSTED' && may.post && !isCancellation && (
        <Button icon="undo" onClick={() => setDialog('cancel')}>
          {t('ui.invoice.cancel')}
        </Button>
      )}
      {status === 'POSTED' && may.write && isInvoice && !isCancellation && (
        <Button icon="minus" busy={isCrediting} onClick={credit}>
          {t('ui.invoice.credit')}
        </Button>
      )}
      {status === 'POSTED' && may.post && Number(openAmount) > 0 && (
        <Button kind="primary" icon="pay" onClick={() => setDialog('pay')} shortcut="Z">
          {t(isInvoice ? 'ui.invoice.pay' : 'ui.invoice.refund')}
        </Button>
      )}
      {dialog === 'post' && (
        <Dialog
          title={t('ui.invoice.postQuestion')}
          text={t('ui.invoice.postText', { gross: format.money(gross) })}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{t('ui.cancel')}</Button>
              <Button kind="primary" busy={posting.busy} onClick={post} data-focus>
                {t('ui.invoice.post')}
              </Button>
            </>
          }
        >
          {posting.error && <Notice tone="danger" title={posting.error.message} />}
        </Dialog>
      )}
      <Suspense>
        {dialog === 'cancel' && (
          <CancelDialog
            operation={CancelSalesInvoice}
            id={id}
            action={t('ui.invoice.cancel')}
            question={t('ui.invoice.cancelQuestion', { number: title })}
            text={t('ui.invoice.cancelText', { gross: format.money(gross) })}
            done={t('ui.invoice.cancelled', { number: title })}
            onClose={close}
          />
        )}
        {dialog === 'pay' && (
          <PaymentDialog id={id} side={isInvoice ? 'SALE' : 'REFUND'} openAmount={openAmount} onClose={close} />
        )}
      </Suspense>
      {deleting.error && <Notice tone="danger" title={deleting.error.message} />}
    </>
  );
}
