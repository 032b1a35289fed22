import type { Caller, SubgraphCall } from '../options.ts';
import type { Reader } from './versions.ts';

export const readerOf = ({ caller }: SubgraphCall): Reader => ({
  tenantId: caller?.tenantId ?? '',
  who: whoOf(caller),
});

const whoOf = (caller: Caller | null): string => (caller ? `${caller.clientId ?? ''}/${caller.userId ?? ''}` : '');

const rights = new WeakMap<readonly string[], string>();

function rightsOf(permissions: readonly string[]): string {
  let text = rights.get(permissions);
  if (text === undefined) {
    text = [...permissions].sort().join(' ');
    rights.set(permissions, text);
  }
  return text;
}

/** Everything about the caller that an answer may depend on; who it is, and in which session, only when it is not shared. */
export function viewOf({ caller, locale: language, forwarded }: SubgraphCall, shared: boolean): string {
  const locale = forwarded ? `${language} ${JSON.stringify(forwarded)}` : language;
  if (!caller) return `- ${locale}`;
  return `${caller.tenantId} ${locale} ${shared ? '' : `${whoOf(caller)}/${caller.sessionId ?? ''}`} ${rightsOf(caller.permissions)}${caller.roles ? `,${rightsOf(caller.roles)}` : ''}`;
}
