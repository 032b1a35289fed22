'use client';

import { useId } from 'react';
import { FindCustomers } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Combobox } from '#ui/Combobox.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Iso } from '#ui/Status.tsx';
import type { TradeDraft } from './trade-draft.ts';

/** Chooses a business partner of one kind by number or name. */
export function PartnerField({
  label,
  kind,
  value,
  error,
  onPick,
}: {
  label: string;
  kind: 'CUSTOMER' | 'SUPPLIER';
  value: TradeDraft['partner'];
  error: string | undefined;
  onPick: (partner: NonNullable<TradeDraft['partner']>) => void;
}) {
  const { t, format } = useLanguage();
  const id = useId();
  const search = (text: string, signal: AbortSignal) =>
    request(
      FindCustomers,
      { filter: { kinds: { contains: kind }, or: [{ number: { startsWith: text } }, { name: { contains: text } }] } },
      signal,
    ).then(({ businessPartners }) => businessPartners?.edges.map((edge) => edge.node) ?? []);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label} <span className="req">*</span>
      </label>
      <div className={error ? 'input-wrap is-invalid combo-anchor' : 'input-wrap combo-anchor'}>
        <Icon name="users" size="sm" />
        <Combobox
          inputId={id}
          label={label}
          text={value?.name ?? ''}
          nothing={t('ui.trade.noPartner')}
          invalid={Boolean(error)}
          autoFocus={!value}
          search={search}
          render={(partner) => (
            <>
              <span className="tabn muted">{partner.number}</span>
              <span className="truncate">{partner.name}</span>
              <span className="truncate subtle">{partner.city}</span>
              <span>
                <Iso code={partner.country} name={format.country(partner.country)} />
              </span>
            </>
          )}
          onPick={(partner) =>
            onPick({
              id: partner.id,
              name: partner.name,
              detail: `${partner.number}, ${format.country(partner.country)}`,
            })
          }
        />
      </div>
      {error ? (
        <p className="field-error">
          <Icon name="error" />
          {error}
        </p>
      ) : (
        <p className="field-hint">{value?.detail}</p>
      )}
    </div>
  );
}
