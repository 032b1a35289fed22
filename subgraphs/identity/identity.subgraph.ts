import { defineSubgraph } from '@valeo/kit/subgraph.ts';
import { apiClients } from './api-client/api-client.list.ts';
import { createApiClient, revokeApiClient } from './api-client/manage-api-clients.ts';
import { companies } from './company/company.list.ts';
import { signUp } from './company/sign-up.ts';
import { updateCompany } from './company/update-company.ts';
import { discardDraft, saveDraft } from './draft/drafts.ts';
import { identityResolvers } from './identity.resolvers.ts';
import { identityTexts } from './identity.texts.ts';
import { acceptInvitation } from './invitation/accept-invitation.ts';
import { invitations } from './invitation/invitation.list.ts';
import { inviteUser, revokeInvitation } from './invitation/invite-user.ts';
import { changePassword } from './password/change-password.ts';
import { requestPasswordReset, resetPassword } from './password/reset-password.ts';
import { setPreference } from './preference/set-preference.ts';
import { recordViewers } from './presence/record-viewers.ts';
import { createRole, deleteRole, updateRole } from './role/manage-roles.ts';
import { refreshSession } from './session/refresh-session.ts';
import { signIn } from './session/sign-in.ts';
import { endSession, signOut } from './session/sign-out.ts';
import { switchCompany } from './session/switch-company.ts';
import { changeUserRole, removeUser } from './user/manage-users.ts';
import { updateProfile } from './user/update-profile.ts';
import { users } from './user/user.list.ts';

/** Companies, the people who work for them and what each may do; sessions, keys and mails. */
export const identity = defineSubgraph({
  name: 'identity',
  folder: import.meta.dirname,
  lists: [users, companies, invitations, apiClients],
  mutations: [
    signIn,
    refreshSession,
    signOut,
    signUp,
    switchCompany,
    endSession,
    changePassword,
    requestPasswordReset,
    resetPassword,
    updateProfile,
    updateCompany,
    inviteUser,
    acceptInvitation,
    revokeInvitation,
    changeUserRole,
    removeUser,
    createRole,
    updateRole,
    deleteRole,
    setPreference,
    saveDraft,
    discardDraft,
    createApiClient,
    revokeApiClient,
  ],
  resolvers: [identityResolvers, recordViewers],
  texts: identityTexts,
  derived: ['preference', 'draft'],
  global: [
    'user',
    'user_company',
    'session',
    'refresh_token',
    'failed_sign_in',
    'signing_key',
    'password_reset',
    'mail',
  ],
});
