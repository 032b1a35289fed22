import { language } from '#i18n/server.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { ErrorState } from '#ui/ErrorState.tsx';
import { Field, SelectField, TextField } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import { type IconName, icons } from '#ui/icons.ts';
import { Menu, MenuChoice, MenuLink } from '#ui/Menu.tsx';
import { Skeleton } from '#ui/Skeleton.tsx';
import { Notice, Progress } from '#ui/States.tsx';
import { Iso, Pill, Status, type StatusTone } from '#ui/Status.tsx';
import { Samples } from './Samples.tsx';

const tones: readonly StatusTone[] = ['paid', 'open', 'part', 'over', 'draft', 'void', 'credit'];

export async function Buttons() {
  const { t } = await language();
  const label = t('guide.sample.post');
  const kinds = [
    ['primary', t('guide.sample.primary')],
    [undefined, t('guide.sample.secondary')],
    ['ghost', t('guide.sample.ghost')],
    ['danger', t('guide.sample.danger')],
  ] as const;
  return (
    <>
      {kinds.map(([kind, name]) => (
        <div className="demo-row" key={name}>
          <span className="demo-label">{name}</span>
          <Button kind={kind}>{label}</Button>
          <Button kind={kind} className="is-hover">
            {t('guide.sample.hover')}
          </Button>
          <Button kind={kind} className="is-press">
            {t('guide.sample.pressed')}
          </Button>
          <Button kind={kind} className="is-focus">
            {t('guide.sample.focus')}
          </Button>
          <Button kind={kind} disabled>
            {t('guide.sample.disabled')}
          </Button>
          <Button kind={kind} busy>
            {t('guide.sample.busy')}
          </Button>
        </div>
      ))}
      <div className="demo-row">
        <span className="demo-label">{t('guide.sample.shapes')}</span>
        <Button icon="download">{t('ui.list.export')}</Button>
        <Button icon="more" label={t('nav.more')} />
        <Button size="sm">{label}</Button>
        <Button kind="primary" icon="plus" shortcut="G">
          {label}
        </Button>
      </div>
    </>
  );
}

export async function Fields() {
  const { t, format } = await language();
  return (
    <div className="demo-grid">
      <Field label={t('guide.sample.name')} defaultValue="PARTY BUNTING" hint={t('guide.sample.hint')} />
      <Field label={t('guide.sample.focus')} defaultValue="SPOTTY BUNTING" className="is-focus" />
      <Field label={t('guide.sample.vatId')} defaultValue="DE12345678" error={t('guide.sample.vatIdError')} required />
      <Field label={t('guide.sample.disabled')} defaultValue={t('guide.sample.byPosting')} disabled />
      <SelectField label={t('guide.sample.tax')}>
        <option>U19</option>
        <option>U7</option>
      </SelectField>
      <Field label={t('guide.sample.amount')} defaultValue={format.amount('1461756.25')} affix="€" className="num" />
      <TextField label={t('guide.sample.note')} />
      <div className="field">
        <span className="field-label">{t('guide.sample.choice')}</span>
        <label className="choice">
          <input className="check" type="checkbox" defaultChecked />
          {t('ui.yes')}
        </label>
        <label className="choice">
          <input className="check" type="radio" name="guide" defaultChecked />
          {t('ui.no')}
        </label>
        <label className="choice">
          <input className="switch" type="checkbox" role="switch" defaultChecked />
          {t('guide.sample.on')}
        </label>
      </div>
    </div>
  );
}

export async function States() {
  const { t } = await language();
  return (
    <>
      <div className="demo-row">
        {tones.map((tone) => (
          <Status key={tone} tone={tone}>
            {t(`guide.tone.${tone}`)}
          </Status>
        ))}
      </div>
      <div className="demo-row">
        {tones.map((tone) => (
          <Pill key={tone} tone={tone}>
            {t(`guide.tone.${tone}`)}
          </Pill>
        ))}
        <Iso code="NL" name="Nederland" />
      </div>
      <div className="demo-grid">
        <Progress value={64} label={t('guide.sample.import')} />
        <Progress value={91} tone="warn" label={t('guide.sample.limit')} />
        <Progress value={100} tone="ok" label={t('guide.sample.finished')} />
      </div>
    </>
  );
}

export async function Tables() {
  const { t, format } = await language();
  const rows = [
    ['RE-2011-018221', 'Kunde 14646', 'open', '12972.83', ''],
    ['RE-2011-015610', 'Kunde 14646', 'paid', '9652.33', 'is-hover'],
    ['RE-2011-015273', 'Kunde 12357', 'paid', '6207.67', 'selected'],
    ['RE-2011-016047', 'Kunde 12415', 'over', '4925.80', 'focus'],
  ] as const;
  return (
    <div className="demo-2">
      <div className="mini">
        <div className="grid-body" role="grid" aria-label={t('guide.tables.title')}>
          {rows.map(([number, name, tone, amount, state]) => (
            <div
              key={number}
              className={state === 'is-hover' ? 'grid-row is-hover' : 'grid-row'}
              role="row"
              aria-selected={state === 'selected'}
            >
              <div className="grid-cell grid-pin" role="gridcell">
                <input className="check" type="checkbox" aria-label={number} defaultChecked={state === 'selected'} />
              </div>
              <div className={state === 'focus' ? 'grid-cell is-focus' : 'grid-cell'} role="gridcell" data-card="sub">
                <span className="grid-link tabn">{number}</span>
              </div>
              <div className="grid-cell" role="gridcell" data-card="title">
                <span className="truncate">{name}</span>
              </div>
              <div className="grid-cell" role="gridcell" data-col="st" data-card="state">
                <Status tone={tone}>{t(`guide.tone.${tone}`)}</Status>
              </div>
              <div className="grid-cell num" role="gridcell" data-card="end">
                {format.amount(amount)}
              </div>
            </div>
          ))}
          <div className="grid-row" role="row">
            {['12px', '80%', '60%', '70%', '50%'].map((width) => (
              <div className="grid-cell" role="gridcell" key={width} data-card="title">
                <Skeleton width={width} />
              </div>
            ))}
          </div>
        </div>
      </div>
      <div className="mini">
        <EmptyState
          title={t('guide.sample.empty')}
          actions={
            <Button kind="primary" icon="plus">
              {t('action.newInvoice')}
            </Button>
          }
        >
          {t('guide.sample.emptyText')}
        </EmptyState>
      </div>
      <div className="mini">
        <ErrorState title={t('ui.list.failed')} requestId="0199f3c2-7d10" actions={<Button>{t('ui.retry')}</Button>}>
          {t('ui.error.text')}
        </ErrorState>
      </div>
    </div>
  );
}

export async function Messages() {
  const { t } = await language();
  return (
    <>
      <div className="demo-2">
        {(['info', 'ok', 'warn', 'danger'] as const).map((tone) => (
          <Notice
            key={tone}
            tone={tone}
            title={t(`guide.notice.${tone}`)}
            action={<Button size="sm">{t('guide.sample.view')}</Button>}
          >
            {t('guide.notice.text')}
          </Notice>
        ))}
      </div>
      <Samples />
    </>
  );
}

export async function Overlays() {
  const { t } = await language();
  return (
    <div className="demo-row">
      <Menu
        id="guide-menu"
        label={t('guide.sample.menu')}
        named
        className="btn"
        align="start"
        trigger={t('guide.sample.menu')}
      >
        <MenuLink href="#overlays" icon="copy">
          {t('guide.sample.copy')}
        </MenuLink>
        <MenuChoice display="theme=dark" checked={false}>
          {t('shell.themeDark')}
        </MenuChoice>
      </Menu>
      <button type="button" className="btn" data-palette>
        {t('ui.palette.label')}
        <kbd className="kbd">{t('shell.searchKey')}</kbd>
      </button>
    </div>
  );
}

export function Icons() {
  return (
    <div className="icons">
      {(Object.keys(icons) as IconName[]).map((name) => (
        <figure key={name}>
          <Icon name={name} />
          <figcaption>{name}</figcaption>
        </figure>
      ))}
    </div>
  );
}
