import { language } from '#i18n/server.ts';
import { viewer } from '#shell/viewer.ts';
import { Icon } from '#ui/Icon.tsx';
import { DismissSteps } from './DismissSteps.tsx';
import type { StepsDone } from './data.ts';

const steps = [
  { name: 'company', href: '/settings?tab=company', permission: 'company:manage' },
  { name: 'partner', href: '/crm/partners/new', permission: 'crm:write' },
  { name: 'article', href: '/inventory/articles/new', permission: 'inventory:write' },
  { name: 'invoice', href: '/sales/invoices/new', permission: 'sales:write' },
  { name: 'import', href: '/tasks/import', permission: 'platform:write' },
  { name: 'people', href: '/settings?tab=people', permission: 'users:manage' },
] as const;

/** What a company without any document does first, offered to those who may. */
export async function FirstSteps(done: StepsDone) {
  const [{ t }, { permissions }] = await Promise.all([language(), viewer()]);
  const ticked: Readonly<Record<string, boolean>> = { ...done };
  const offered = steps.filter(({ permission }) => permissions.includes(permission));
  if (offered.length === 0) return null;
  return (
    <section className="card first-steps">
      <header className="card-head">
        <h2>{t('dashboard.firstSteps')}</h2>
        <span className="sub">{t('dashboard.firstStepsSub')}</span>
        <DismissSteps />
      </header>
      <div className="steps">
        {offered.map(({ name, href }) => (
          <a key={name} href={href} className={ticked[name] ? 'is-done' : undefined}>
            <Icon name={ticked[name] ? 'check' : 'right'} />
            <strong>{t(`dashboard.step.${name}`)}</strong>
            <small>{t(`dashboard.step.${name}Text`)}</small>
          </a>
        ))}
      </div>
    </section>
  );
}
