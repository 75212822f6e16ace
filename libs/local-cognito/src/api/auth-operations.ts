import { z } from 'zod';
import { completeNewPassword, missingAttributes } from '../accounts/passwords.ts';
import { assertMaySignIn, nextStep, signInWithPassword, type SignInStep } from '../accounts/sign-in.ts';
import { spendToken } from '../accounts/software-token.ts';
import { cognitoUsername } from '../oauth/claims.ts';
import { type ApiTokenSet } from '../provider/api-tokens.ts';
import { type AppClientSettings } from '../settings/user-pool-settings.ts';
import { type Account } from '../users/account.ts';
import { CognitoError, invalidParameter, userNotFound } from './cognito-error.ts';
import {
  type ApiChallenge,
  type ApiContext,
  isSame,
  operation,
  type Operation,
  poolId,
  requireClient,
  requirePool,
  requireSecretHash,
  text,
} from './operation.ts';

const parameters = z.record(z.string(), z.string());
const start = z.object({ ClientId: text, AuthFlow: text, AuthParameters: parameters.default({}) });
const answer = z.object({
  ClientId: text,
  ChallengeName: text,
  Session: z.string().min(20).max(2048).optional(),
  ChallengeResponses: parameters.default({}),
});

/** Signing in by API. */
export const authOperations: Readonly<Record<string, Operation>> = {
  InitiateAuth: operation('anybody', start, (input, context) =>
    initiate(context, input, {
      USER_PASSWORD_AUTH: 'password',
      REFRESH_TOKEN_AUTH: 'refresh',
      REFRESH_TOKEN: 'refresh',
    }),
  ),

  AdminInitiateAuth: operation('administrator', poolId.extend(start.shape), (input, context) => {
    requirePool(context, input);
    return initiate(context, input, {
      ADMIN_USER_PASSWORD_AUTH: 'password',
      ADMIN_NO_SRP_AUTH: 'password',
      REFRESH_TOKEN_AUTH: 'refresh',
      REFRESH_TOKEN: 'refresh',
    });
  }),

  RespondToAuthChallenge: operation('anybody', answer, (input, context) => respond(context, input)),

  AdminRespondToAuthChallenge: operation('administrator', poolId.extend(answer.shape), (input, context) => {
    requirePool(context, input);
    return respond(context, input);
  }),

  RevokeToken: operation(
    'anybody',
    z.object({ Token: text, ClientId: text, ClientSecret: text.optional() }),
    async (input, context) => {
      const client = requireClient(context, input.ClientId);
      const secret = context.clientSecret(client.id);
      if (client.hasSecret && (secret === undefined || !isSame(secret, input.ClientSecret ?? ''))) {
        throw new CognitoError('UnauthorizedException', 'Invalid client secret');
      }
      if (!client.revocationAllowed) {
        throw new CognitoError('UnsupportedOperationException', 'Token revocation is not enabled for the client');
      }
      if (input.Token.split('.').length === 3) {
        throw new CognitoError('UnsupportedTokenTypeException', 'Token type is not supported');
      }
      await context.tokens.revoke(client, input.Token);
      return {};
    },
  ),
};

type Flow = 'password' | 'refresh';

async function initiate(
  context: ApiContext,
  input: z.infer<typeof start>,
  offered: Readonly<Record<string, Flow>>,
): Promise<object> {
  const client = requireClient(context, input.ClientId);
  const flow = new Map(Object.entries(offered)).get(input.AuthFlow);
  if (flow === undefined) throw invalidParameter(`${input.AuthFlow} is not offered by the local user pool`);
  if (!flowAllowed(client, input.AuthFlow)) {
    throw invalidParameter(`${input.AuthFlow} flow not enabled for this client`);
  }
  const given = new Map(Object.entries(input.AuthParameters));
  return flow === 'refresh' ? refresh(context, client, given) : showPassword(context, client, given);
}

async function showPassword(
  context: ApiContext,
  client: AppClientSettings,
  given: ReadonlyMap<string, string>,
): Promise<object> {
  const [name, password] = [given.get('USERNAME'), given.get('PASSWORD')];
  if (name === undefined) throw invalidParameter('Missing required parameter USERNAME');
  if (password === undefined) throw invalidParameter('Missing required parameter PASSWORD');
  requireSecretHash(context, client, [name], given.get('SECRET_HASH'));
  return proceed(context, client, await signInWithPassword(context.pool, client, name, password), false);
}

async function refresh(
  context: ApiContext,
  client: AppClientSettings,
  given: ReadonlyMap<string, string>,
): Promise<object> {
  const token = given.get('REFRESH_TOKEN');
  if (token === undefined) throw invalidParameter('Missing required parameter REFRESH_TOKEN');
  const user = await context.tokens.refreshOwner(client, token);
  const names = [cognitoUsername(user, context.pool.settings().signIn), user.sub];
  requireSecretHash(context, client, names, given.get('SECRET_HASH'));
  return result(await context.tokens.refresh(client, token));
}

async function respond(context: ApiContext, input: z.infer<typeof answer>): Promise<object> {
  const { pool, challenges } = context;
  const client = requireClient(context, input.ClientId);
  const given = new Map(Object.entries(input.ChallengeResponses));
  const name = given.get('USERNAME');
  if (name === undefined) throw invalidParameter('Missing required parameter USERNAME');
  requireSecretHash(context, client, [name], given.get('SECRET_HASH'));
  const challenge = challenges.find(input.Session);
  const account = challenge && pool.users.account(challenge.sub);
  const named = pool.users.resolve(name, pool.settings().signIn) ?? pool.users.account(name);
  if (!challenge || challenge.clientId !== client.id || !account || named?.user.sub !== account.user.sub) {
    throw new CognitoError('NotAuthorizedException', 'Invalid session for the user, session is expired.');
  }
  assertMaySignIn(account.user);
  const next = nextStep(pool, account);
  // An app that was set up a moment ago is asked for from the next sign-in on: its first code has just been shown.
  const setUp = challenge.tokenVerified && next.kind === 'challenge' && next.name === 'SOFTWARE_TOKEN_MFA';
  const expected = setUp ? 'MFA_SETUP' : next.kind === 'challenge' ? next.name : undefined;
  if (expected !== input.ChallengeName) throw invalidParameter(`Challenge ${input.ChallengeName} is not the one asked`);
  const after = await meet(context, expected, account, challenge, given);
  challenges.end(input.Session);
  return proceed(context, client, after, false);
}

/** Meets a challenge, or does not. */
async function meet(
  { pool }: ApiContext,
  name: string,
  account: Account,
  challenge: ApiChallenge,
  given: ReadonlyMap<string, string>,
): Promise<SignInStep> {
  const { sub } = account.user;
  if (name === 'NEW_PASSWORD_REQUIRED') {
    const password = given.get('NEW_PASSWORD');
    if (password === undefined) throw invalidParameter('Missing required parameter NEW_PASSWORD');
    const attributes = [...given].flatMap(([key, value]) =>
      key.startsWith('userAttributes.') ? [[key.slice('userAttributes.'.length), value] as const] : [],
    );
    await completeNewPassword(pool, sub, password, Object.fromEntries(attributes));
    const changed = pool.users.account(sub);
    if (!changed) throw userNotFound();
    return nextStep(pool, changed);
  }
  if (name === 'SOFTWARE_TOKEN_MFA') {
    const code = given.get('SOFTWARE_TOKEN_MFA_CODE');
    if (code === undefined) throw invalidParameter('Missing required parameter SOFTWARE_TOKEN_MFA_CODE');
    await spendToken(pool, sub, code);
  } else if (!challenge.tokenVerified) {
    throw invalidParameter('User has not verified software token mfa');
  }
  const user = pool.users.find(sub);
  if (!user) throw userNotFound();
  return { kind: 'done', user };
}

async function proceed(
  { pool, tokens, challenges }: ApiContext,
  client: AppClientSettings,
  step: SignInStep,
  tokenVerified: boolean,
): Promise<object> {
  if (step.kind === 'done') {
    assertMaySignIn(step.user);
    pool.log({ level: 'info', event: 'signed_in', message: `${step.user.sub} by API` });
    return result(await tokens.issue(client, step.user));
  }
  const { user } = step.account;
  const challenge = { clientId: client.id, sub: user.sub, tokenVerified };
  const parametersOf: Readonly<Record<typeof step.name, object>> = {
    MFA_SETUP: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    SOFTWARE_TOKEN_MFA: {},
    NEW_PASSWORD_REQUIRED: {
      requiredAttributes: JSON.stringify(missingAttributes(pool, step.account).map((name) => `userAttributes.${name}`)),
      userAttributes: JSON.stringify(user.attributes),
    },
  };
  return {
    ChallengeName: step.name,
    Session: challenges.start(challenge, client.challengeSeconds),
    ChallengeParameters: {
      USER_ID_FOR_SRP: cognitoUsername(user, pool.settings().signIn),
      ...parametersOf[step.name],
    },
  };
}

/** cognito-idp API, AuthenticationResultType. */
function result({ accessToken, idToken, refreshToken, expiresIn }: ApiTokenSet): object {
  return {
    AuthenticationResult: {
      AccessToken: accessToken,
      ExpiresIn: expiresIn,
      TokenType: 'Bearer',
      ...(refreshToken !== undefined && { RefreshToken: refreshToken }),
      IdToken: idToken,
    },
    ChallengeParameters: {},
  };
}

/** The names of before 2019 (`ADMIN_NO_SRP_AUTH`, without `ALLOW_`) still hold. */
function flowAllowed({ authFlows, refreshAllowed }: AppClientSettings, flow: string): boolean {
  if (flow.startsWith('REFRESH_TOKEN')) return refreshAllowed;
  const name = flow === 'ADMIN_NO_SRP_AUTH' ? 'ADMIN_USER_PASSWORD_AUTH' : flow;
  return [flow, name, `ALLOW_${name}`].some((allowed) => authFlows.includes(allowed));
}
