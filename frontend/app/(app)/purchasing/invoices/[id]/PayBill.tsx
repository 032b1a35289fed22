'use client';

import { Suspense, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { late } from '#ui/late.tsx';

const PaymentDialog = late(() => import('../../../trade/PaymentDialog.tsx'));

/** Records what was paid for a posted bill, or came in for a credit note. */
export function PayBill({ id, isRefund, openAmount }: { id: string; isRefund: boolean; openAmount: string }) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button kind="primary" icon="pay" shortcut="Z" onClick={() => setAsking(true)}>
        {t(isRefund ? 'ui.invoice.refund' : 'ui.invoice.pay')}
      </Button>
      {asking && (
        <Suspense>
          <PaymentDialog
            id={id}
            side={isRefund ? 'PURCHASE_REFUND' : 'PURCHASE'}
            openAmount={openAmount}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  );
}
