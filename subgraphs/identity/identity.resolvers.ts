import { PERMISSIONS } from '@valeo/kit/permissions.ts';
import type { Resolvers } from './_generated/schema.ts';
import { lastUseOf } from './api-client/manage-api-clients.ts';
import { draftsOf } from './draft/drafts.ts';
import { previewInvitation } from './invitation/accept-invitation.ts';
import { preferencesOf } from './preference/set-preference.ts';
import { allRoles, loadRole } from './role/role.queries.ts';
import { ownSessions } from './session/sessions.ts';
import { ownCompanies, ownCompany, viewer } from './user/viewer.ts';

export const identityResolvers: Resolvers = {
  Query: {
    viewer: (_, __, ctx) => viewer(ctx),
    sessions: (_, __, ctx) => ownSessions(ctx),
    roles: (_, __, ctx) => allRoles(ctx),
    permissions: () => [...PERMISSIONS],
    drafts: (_, { form, recordId }, ctx) => draftsOf(ctx, form, recordId),
    invitationPreview: (_, { token }, ctx) => previewInvitation(ctx, token),
  },
  Viewer: {
    permissions: ({ permissions }) => [...permissions],
    company: (_, __, ctx) => ownCompany(ctx),
    companies: (_, __, ctx) => ownCompanies(ctx),
    preferences: (_, { prefix }, ctx) => preferencesOf(ctx, prefix),
  },
  User: {
    role: ({ roleId }, _, ctx) => loadRole(ctx, roleId),
    joinedAt: ({ createdAt }) => createdAt,
  },
  Role: { permissions: ({ permissions }) => [...permissions] },
  Invitation: { role: ({ roleId }, _, ctx) => loadRole(ctx, roleId) },
  ApiClient: { lastUsedAt: ({ id }, _, ctx) => lastUseOf(ctx, id) },
};
