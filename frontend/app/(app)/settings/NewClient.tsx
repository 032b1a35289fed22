'use client';

import { useState } from 'react';
import { CreateApiClient } from '#graphql/_generated/operations.ts';
import { useLanguage } from '#i18n/client.tsx';
import { type FormSection, RecordForm } from '#ui/RecordForm.tsx';
import { Notice } from '#ui/States.tsx';

/** A new API client. Its key is shown this once, where the reader just pressed; we keep no copy that could be read. */
export function NewClient({
  sections,
  submit,
  saved,
}: {
  sections: readonly FormSection[];
  submit: string;
  saved: string;
}) {
  const { t } = useLanguage();
  const [key, setKey] = useState<string | null>(null);
  return (
    <>
      <RecordForm
        operation={CreateApiClient}
        mutation="createApiClient"
        object="apiClient"
        again
        sections={sections}
        values={noValues}
        submit={submit}
        saved={saved}
        onSaved={(payload) => setKey(typeof payload.key === 'string' ? payload.key : null)}
      />
      {key && (
        <Notice tone="ok" title={t('ui.client.key')}>
          <code className="hash">{key}</code>
        </Notice>
      )}
    </>
  );
}

const noValues = { scopes: [] };
