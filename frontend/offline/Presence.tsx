'use client';

import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { RecordViewers, type RecordViewersData } from '#graphql/_generated/operations.ts';
import { listenWhileVisible, subscribe } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '#ui/Icon.tsx';
import { initials } from '#ui/initials.ts';

const shownMax = 3;
/** This part comes once the page has settled. */
const listenAfterMs = 500;

/** Colleagues who have the same record open, in the top bar; being here is what shows the reader to them. */
export default function Presence({ recordId, editing = false }: { recordId: string; editing?: boolean }) {
  const { t } = useLanguage();
  const [slot, setSlot] = useState<Element | null>(null);
  const [people, setPeople] = useState<RecordViewersData['recordViewers']>([]);
  useEffect(() => setSlot(document.getElementById('presence-slot')), []);
  useEffect(() => {
    const stop = listenWhileVisible(
      () => subscribe(RecordViewers, { recordId, editing }, (data) => setPeople(data.recordViewers)),
      listenAfterMs,
    );
    return () => {
      stop();
      setPeople([]);
    };
  }, [recordId, editing]);

  if (!slot || people.length === 0) return null;
  const text = people
    .map((person) => t(person.editing ? 'ui.presence.editing' : 'ui.presence.viewing', { name: person.name }))
    .join(', ');
  return createPortal(
    <span className="presence" role="status" title={text}>
      {people.slice(0, shownMax).map((person) => (
        <span
          key={person.id}
          className={person.editing ? 'avatar avatar--editing' : 'avatar avatar--n'}
          aria-hidden="true"
        >
          {initials(person.name)}
          {person.editing && <Icon name="pencil" size="sm" />}
        </span>
      ))}
      {people.length > shownMax && <span aria-hidden="true">{`+${people.length - shownMax}`}</span>}
      <span className="presence-text">{text}</span>
    </span>,
    slot,
  );
}
