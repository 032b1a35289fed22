'use client';

import { useId } from 'react';
import { FindCustomers, type FindCustomersData } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Combobox } from './Combobox.tsx';
import { Icon } from './Icon.tsx';
import { Iso } from './Status.tsx';

type FoundPartner = NonNullable<FindCustomersData['businessPartners']>['edges'][number]['node'];

export interface ChosenPartner {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly country?: string;
}

/** Chooses a business partner, of one kind where one is given, by number or name. */
export function PartnerField({
  label,
  kind,
  value,
  error,
  onPick,
  onClear,
  search: given,
  required = true,
  autoFocus = false,
}: {
  label: string;
  kind?: 'CUSTOMER' | 'SUPPLIER';
  value: ChosenPartner | null;
  error: string | undefined;
  onPick: (partner: ChosenPartner, found: FoundPartner) => void;
  /** Nobody is chosen any more, where that may be. */
  onClear?: () => void;
  /** Looks elsewhere, such as where nothing is lost without a connection. */
  search?: (text: string, signal: AbortSignal) => Promise<readonly FoundPartner[]>;
  required?: boolean;
  autoFocus?: boolean;
}) {
  const { t, format } = useLanguage();
  const id = useId();
  const ask = (text: string, signal: AbortSignal) =>
    request(
      FindCustomers,
      {
        filter: {
          ...(kind && { kinds: { contains: kind } }),
          or: [{ number: { startsWith: text } }, { name: { contains: text } }],
        },
      },
      signal,
    ).then(({ businessPartners }) => businessPartners?.edges.map((edge) => edge.node) ?? []);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}{' '}
        {required && (
          <span className="req" aria-hidden="true">
            *
          </span>
        )}
      </label>
      <div className={error ? 'input-wrap is-invalid combo-anchor' : 'input-wrap combo-anchor'}>
        <Icon name="users" size="sm" />
        <Combobox
          inputId={id}
          label={label}
          text={value?.name ?? ''}
          nothing={t('ui.trade.noPartner')}
          required={required}
          invalid={Boolean(error)}
          describedBy={error ? `${id}-note` : undefined}
          autoFocus={autoFocus && !value}
          search={given ?? ask}
          codeOf={(partner) => partner.number}
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
          onClear={required ? undefined : onClear}
          onPick={(partner) =>
            onPick(
              {
                id: partner.id,
                name: partner.name,
                detail: `${partner.number}, ${format.country(partner.country)}`,
                country: partner.country,
              },
              partner,
            )
          }
        />
      </div>
      {error ? (
        <p className="field-error" id={`${id}-note`}>
          <Icon name="error" />
          {error}
        </p>
      ) : (
        <p className="field-hint">{value?.detail}</p>
      )}
    </div>
  );
}
