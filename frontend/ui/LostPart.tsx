import { language } from '#i18n/server.ts';
import { Icon } from './Icon.tsx';
import { Retry } from './Retry.tsx';

/** Stands where a part of a record would be that another domain could not answer; it can be asked for again in place. */
export async function LostPart() {
  const { t } = await language();
  return (
    <div className="part-failed" role="status">
      <Icon name="alert" />
      {t('ui.error.part')}
      <Retry />
    </div>
  );
}
