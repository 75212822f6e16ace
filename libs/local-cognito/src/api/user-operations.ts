import { z } from 'zod';
import {
  deleteAttributes,
  demandReset,
  enable,
  invite,
  removeUser,
  updateAttributes,
} from '../accounts/administration.ts';
import { setPassword } from '../accounts/passwords.ts';
import { preferToken } from '../accounts/software-token.ts';
import { cognitoUsername } from '../oauth/claims.ts';
import { CognitoError } from './cognito-error.ts';
import {
  attributeList,
  operation,
  type Operation,
  password,
  requirePool,
  requireUser,
  userInPool,
} from './operation.ts';
import { attributesFrom, attributesOf, mfaOf, stateOf, userType } from './shapes.ts';

const newUser = userInPool.extend({
  UserAttributes: attributeList.optional(),
  TemporaryPassword: password.optional(),
  MessageAction: z.enum(['RESEND', 'SUPPRESS']).optional(),
});

const mfaPreference = z.object({ Enabled: z.boolean().optional(), PreferredMfa: z.boolean().optional() });

/** What an administrator does with a user. */
export const userOperations: Readonly<Record<string, Operation>> = {
  AdminCreateUser: operation('administrator', newUser, async (input, context) => {
    requirePool(context, input);
    const user = await invite(context.pool, {
      username: input.Username,
      attributes: attributesFrom(input.UserAttributes),
      ...(input.TemporaryPassword !== undefined && { temporaryPassword: input.TemporaryPassword }),
      mail: input.MessageAction === 'RESEND' ? 'resend' : input.MessageAction === 'SUPPRESS' ? 'suppress' : 'send',
    });
    return { User: userType(user, context.pool.settings()) };
  }),

  AdminGetUser: operation('administrator', userInPool, (input, context) => {
    const account = requireUser(context, input);
    return {
      Username: cognitoUsername(account.user, context.pool.settings().signIn),
      UserAttributes: attributesOf(account.user),
      ...stateOf(account.user),
      ...mfaOf(account),
    };
  }),

  AdminDeleteUser: operation('administrator', userInPool, async (input, context) => {
    await removeUser(context.pool, requireUser(context, input).user.sub);
    return {};
  }),

  AdminEnableUser: operation('administrator', userInPool, async (input, context) => {
    await enable(context.pool, requireUser(context, input).user.sub, true);
    return {};
  }),

  AdminDisableUser: operation('administrator', userInPool, async (input, context) => {
    await enable(context.pool, requireUser(context, input).user.sub, false);
    return {};
  }),

  AdminConfirmSignUp: operation('administrator', userInPool, async (input, context) => {
    const { user } = requireUser(context, input);
    if (user.status !== 'UNCONFIRMED') {
      const message = `User cannot be confirmed. Current status is ${user.status}`;
      throw new CognitoError('NotAuthorizedException', message);
    }
    await context.pool.users.change(user.sub, (account) => ({
      ...account,
      user: { ...account.user, status: 'CONFIRMED' },
    }));
    return {};
  }),

  AdminUpdateUserAttributes: operation(
    'administrator',
    userInPool.extend({ UserAttributes: attributeList }),
    async (input, context) => {
      const changed = attributesFrom(input.UserAttributes);
      await updateAttributes(context.pool, requireUser(context, input), changed, 'administrator');
      return {};
    },
  ),

  AdminDeleteUserAttributes: operation(
    'administrator',
    userInPool.extend({ UserAttributeNames: z.array(z.string()) }),
    async (input, context) => {
      await deleteAttributes(context.pool, requireUser(context, input).user.sub, input.UserAttributeNames);
      return {};
    },
  ),

  AdminSetUserPassword: operation(
    'administrator',
    userInPool.extend({ Password: password, Permanent: z.boolean().optional() }),
    async (input, context) => {
      const { sub } = requireUser(context, input).user;
      await setPassword(context.pool, sub, input.Password, input.Permanent ? 'permanent' : 'temporary');
      return {};
    },
  ),

  AdminResetUserPassword: operation('administrator', userInPool, async (input, context) => {
    await demandReset(context.pool, requireUser(context, input));
    return {};
  }),

  AdminSetUserMFAPreference: operation(
    'administrator',
    userInPool.extend({ SoftwareTokenMfaSettings: mfaPreference.optional() }),
    async (input, context) => {
      const { sub } = requireUser(context, input).user;
      await preferToken(context.pool, sub, input.SoftwareTokenMfaSettings?.Enabled ?? false);
      return {};
    },
  ),

  AdminUserGlobalSignOut: operation('administrator', userInPool, async (input, context) => {
    const { sub } = requireUser(context, input).user;
    await context.pool.endSignIns(sub);
    context.pool.log({ level: 'info', event: 'signed_out', message: `${sub} everywhere, by an administrator` });
    return {};
  }),
};
