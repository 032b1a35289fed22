'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Button, ButtonLink } from '#ui/Button.tsx';
import { Notice } from '#ui/States.tsx';
import { formAddress } from './form-address.ts';
import type { Ended } from './standing.ts';
import type { EditedRecord } from './use-editing.ts';

/** What happened to the record of a form, and the ways on: what was typed goes into a new record, or one looks at what is there now. */
export default function EndedNotice({
  record: { form, recordId },
  ended,
  take,
}: {
  record: EditedRecord;
  ended: Ended;
  take(): void;
}) {
  const { t } = useLanguage();
  const { create, edit } = formAddress(form);
  return (
    <Notice
      tone="danger"
      title={t(`ui.ended.${ended}`)}
      action={
        <span className="notice-actions">
          {ended !== 'gone' && (
            <ButtonLink size="sm" href={edit(recordId as string).replace(/\/edit$/, '')}>
              {t('ui.ended.open')}
            </ButtonLink>
          )}
          {create && (
            <Button size="sm" kind="primary" onClick={take}>
              {t('ui.ended.take')}
            </Button>
          )}
        </span>
      }
    >
      {t(create ? 'ui.ended.text' : 'ui.ended.lost')}
    </Notice>
  );
}
