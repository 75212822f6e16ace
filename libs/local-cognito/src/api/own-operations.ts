import { z } from 'zod';
import { deleteAttributes, removeUser, updateAttributes } from '../accounts/administration.ts';
import { changePassword } from '../accounts/passwords.ts';
import { associateToken, preferToken, verifyToken } from '../accounts/software-token.ts';
import { cognitoUsername } from '../oauth/claims.ts';
import { type Account } from '../users/account.ts';
import { CognitoError, userNotFound } from './cognito-error.ts';
import { type ApiContext, attributeList, operation, type Operation, password, text } from './operation.ts';
import { attributesFrom, attributesOf, mfaOf } from './shapes.ts';

const signedIn = z.object({ AccessToken: text });
/** Setting an authenticator app up: signed in, or on the way there. */
const settingUp = z.object({ AccessToken: text.optional(), Session: text.optional() });

/** What people do with their own account. */
export const ownOperations: Readonly<Record<string, Operation>> = {
  GetUser: operation('user', signedIn, async (input, context) => {
    const account = await owner(context, input);
    return {
      Username: cognitoUsername(account.user, context.pool.settings().signIn),
      UserAttributes: attributesOf(account.user),
      ...mfaOf(account),
    };
  }),

  ChangePassword: operation(
    'user',
    signedIn.extend({ PreviousPassword: password.optional(), ProposedPassword: password }),
    async (input, context) => {
      const { sub } = (await owner(context, input)).user;
      await changePassword(context.pool, sub, input.PreviousPassword, input.ProposedPassword);
      return {};
    },
  ),

  GlobalSignOut: operation('user', signedIn, async (input, context) => {
    const { sub } = (await owner(context, input)).user;
    await context.pool.endSignIns(sub);
    context.pool.log({ level: 'info', event: 'signed_out', message: `${sub} everywhere` });
    return {};
  }),

  UpdateUserAttributes: operation(
    'user',
    signedIn.extend({ UserAttributes: attributeList }),
    async (input, context) => {
      await updateAttributes(context.pool, await owner(context, input), attributesFrom(input.UserAttributes), 'owner');
      return {};
    },
  ),

  DeleteUserAttributes: operation(
    'user',
    signedIn.extend({ UserAttributeNames: z.array(z.string()) }),
    async (input, context) => {
      await deleteAttributes(context.pool, (await owner(context, input)).user.sub, input.UserAttributeNames);
      return {};
    },
  ),

  DeleteUser: operation('user', signedIn, async (input, context) => {
    await removeUser(context.pool, (await owner(context, input)).user.sub);
    return {};
  }),

  SetUserMFAPreference: operation(
    'user',
    signedIn.extend({ SoftwareTokenMfaSettings: z.object({ Enabled: z.boolean().optional() }).optional() }),
    async (input, context) => {
      const { sub } = (await owner(context, input)).user;
      await preferToken(context.pool, sub, input.SoftwareTokenMfaSettings?.Enabled ?? false);
      return {};
    },
  ),

  AssociateSoftwareToken: operation('user', settingUp, async (input, context) => {
    const { sub, session } = await whoSetsUp(context, input);
    return { SecretCode: await associateToken(context.pool, sub), ...session(false) };
  }),

  VerifySoftwareToken: operation('user', settingUp.extend({ UserCode: text }), async (input, context) => {
    const { sub, session } = await whoSetsUp(context, input);
    // Where the pool demands one, it is asked for at once; elsewhere when its owner prefers it.
    await verifyToken(context.pool, sub, input.UserCode, context.pool.settings().mfa.mode === 'ON');
    return { Status: 'SUCCESS', ...session(true) };
  }),
};

async function owner({ tokens, pool }: ApiContext, { AccessToken: token }: z.infer<typeof signedIn>): Promise<Account> {
  const account = pool.users.account((await tokens.owner(token)).sub);
  if (!account) throw userNotFound();
  return account;
}

interface SettingUp {
  readonly sub: string;
  /** The session to go on with; nothing for somebody who is signed in. */
  readonly session: (tokenVerified: boolean) => object;
}

async function whoSetsUp(context: ApiContext, input: z.infer<typeof settingUp>): Promise<SettingUp> {
  if (input.AccessToken !== undefined) {
    const { user } = await owner(context, { AccessToken: input.AccessToken });
    return { sub: user.sub, session: () => ({}) };
  }
  const { challenges, pool } = context;
  const challenge = challenges.find(input.Session);
  const client = pool.settings().clients.find(({ id }) => id === challenge?.clientId);
  const account = challenge && pool.users.account(challenge.sub);
  // The password alone is no proof for somebody who has a second factor.
  if (!challenge || !client || !account || account.totp) {
    throw new CognitoError('NotAuthorizedException', 'Invalid session for the user, session is expired.');
  }
  return {
    sub: challenge.sub,
    session: (tokenVerified) => {
      challenges.end(input.Session);
      return { Session: challenges.start({ ...challenge, tokenVerified }, client.challengeSeconds) };
    },
  };
}
