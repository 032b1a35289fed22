import { type RefObject, useCallback, useEffect, useState } from 'react';

/**
 * Brings what is wrong with a form into view and focus once it is drawn: the first wrong field, else what is said of the form as
 * a whole. After a `CONFLICT` the choice between both versions follows, which comes later, with the newer one.
 */
export function useFaultInView(form: RefObject<HTMLFormElement | null>, conflicting: boolean): (code?: string) => void {
  const [fault, setFault] = useState<{ readonly code: string | undefined } | null>(null);
  useEffect(() => {
    if (!fault) return;
    const find = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    const place = find('.merge') ?? find('[aria-invalid=true]') ?? find('[role=alert]');
    // What is no field takes the focus as well.
    if (place && place.tabIndex < 0) place.tabIndex = -1;
    place?.focus({ preventScroll: true });
    place?.scrollIntoView({ block: 'center' });
    if (fault.code !== 'CONFLICT' || conflicting) setFault(null);
  }, [fault, conflicting, form]);
  return useCallback((code) => setFault({ code }), []);
}
