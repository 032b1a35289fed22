'use client';

import { Component, type ComponentType, lazy, type ReactNode, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { noteFault } from '#shell/note-fault.ts';

/** Ends a fault where its part ends: the rest of the page goes on. */
class Edge extends Component<
  { readonly failed: ReactNode; readonly children: ReactNode },
  { readonly failed: boolean }
> {
  override state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  override componentDidCatch(error: Error): void {
    noteFault(error);
  }
  override render(): ReactNode {
    return this.state.failed ? this.props.failed : this.props.children;
  }
}

/**
 * A part of a page that is fetched once it is wanted. When it does not come, or breaks, that is said in its place with a way to
 * try again, which fetches it anew; everything around it goes on. Stands below a Suspense.
 */
export function late<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  // Not of the component: what waits for the first time has no state yet.
  let Part = lazy(load);
  return function Late(props: Props) {
    const [attempt, setAttempt] = useState(0);
    const again = () => {
      Part = lazy(load);
      setAttempt(attempt + 1);
    };
    return (
      <Edge key={attempt} failed={<Failed again={again} />}>
        <Part {...props} />
      </Edge>
    );
  };
}

function Failed({ again }: { again: () => void }) {
  const { t } = useLanguage();
  return (
    <p className="part-failed" role="alert">
      {t('ui.error.part')}
      <button type="button" className="btn btn--sm" onClick={again}>
        {t('ui.retry')}
      </button>
    </p>
  );
}
