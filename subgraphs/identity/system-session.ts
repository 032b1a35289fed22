import type { Session } from '@valeo/kit/tenant-db.ts';

/** For work of this domain that nobody called for and that belongs to no company: keys, mails, cleaning up. */
export const systemSession: Session = { domain: 'identity', tenantId: null, userId: null, requestId: 'identity' };
