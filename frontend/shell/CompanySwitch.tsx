'use client';

import { SwitchCompany } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { pageOwner } from '#offline/session.ts';
import { Icon } from '#ui/Icon.tsx';

/** The companies of the person. Another company is another world, so the app starts afresh in it. */
export function CompanySwitch({ companies }: { companies: readonly { id: string; name: string; current: boolean }[] }) {
  const { write, busy, error } = useWrite(SwitchCompany);
  return (
    <>
      {companies.map((company) => (
        <button
          key={company.id}
          type="button"
          className="menu-item"
          role="menuitemradio"
          aria-checked={company.current}
          data-company={company.id}
          disabled={busy}
          onClick={async () => {
            if (company.current || !(await write({ companyId: company.id }))) return;
            // The worker forgets what was seen of one company when it hears from the next.
            const owner = pageOwner()?.owner;
            if (owner) await import('#offline/store.ts').then(({ forgetStore }) => forgetStore(owner));
            location.assign('/');
          }}
        >
          {company.name}
          <span className="end menu-check">
            <Icon name="check" />
          </span>
        </button>
      ))}
      {error && <p className="field-error">{error.message}</p>}
    </>
  );
}
