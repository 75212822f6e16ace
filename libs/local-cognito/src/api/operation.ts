import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Challenges } from '../accounts/challenges.ts';
import { type PoolParts } from '../accounts/pool-parts.ts';
import { type ApiTokens } from '../provider/api-tokens.ts';
import { type AppClientSettings } from '../settings/user-pool-settings.ts';
import { type Account } from '../users/account.ts';
import { CognitoError, invalidParameter, userNotFound } from './cognito-error.ts';

/** Who may call an operation: on AWS, what IAM has to allow is `administrator`. */
export type Access =
  /** Signed with the administrator's keys. */
  | 'administrator'
  /** Unsigned. A client with a secret proves it in the body. */
  | 'anybody'
  /** Unsigned, with the access token of a user in the body. */
  | 'user';

/** A sign-in by API that waits for an answer. */
export interface ApiChallenge {
  readonly clientId: string;
  readonly sub: string;
  /** Whether an authenticator app that is being set up has shown a first code. */
  readonly tokenVerified: boolean;
}

/** What operations work with. */
export interface ApiContext {
  readonly pool: PoolParts;
  readonly tokens: ApiTokens;
  readonly challenges: Challenges<ApiChallenge>;
  readonly clientSecret: (clientId: string) => string | undefined;
}

/** One operation of the cognito-idp API. */
export interface Operation {
  readonly access: Access;
  /** @throws CognitoError */
  readonly run: (input: unknown, context: ApiContext) => Promise<object>;
}

/** Makes an operation of the members that it looks at; others are ignored, as what they ask for is not here. */
export function operation<Schema extends z.ZodType>(
  access: Access,
  schema: Schema,
  run: (input: z.infer<Schema>, context: ApiContext) => Promise<object> | object,
): Operation {
  return {
    access,
    run: async (input, context) => {
      const parsed = schema.safeParse(input);
      if (!parsed.success) throw invalidParameter(validationMessage(parsed.error));
      return run(parsed.data, context);
    },
  };
}

export const text = z.string().min(1).max(131_072);
export const username = z.string().min(1).max(128);
export const password = z.string().min(1).max(256);
export const poolId = z.object({ UserPoolId: text });
export const userInPool = poolId.extend({ Username: username });
export const attributeList = z.array(
  z.object({ Name: z.string().min(1).max(32), Value: z.string().max(2048).default('') }),
);

/** @throws CognitoError `ResourceNotFoundException` for another pool */
export function requirePool({ pool }: ApiContext, { UserPoolId: id }: { readonly UserPoolId: string }): void {
  if (id === pool.settings().id) return;
  throw new CognitoError('ResourceNotFoundException', `User pool ${id} does not exist.`);
}

/** @throws CognitoError `ResourceNotFoundException`, `UserNotFoundException` */
export function requireUser(context: ApiContext, input: z.infer<typeof userInPool>): Account {
  requirePool(context, input);
  const { users, settings } = context.pool;
  const account = users.resolve(input.Username, settings().signIn);
  if (!account) throw userNotFound();
  return account;
}

/** @throws CognitoError `ResourceNotFoundException` */
export function requireClient({ pool }: ApiContext, clientId: string): AppClientSettings {
  const client = pool.settings().clients.find(({ id }) => id === clientId);
  if (!client) throw new CognitoError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
  return client;
}

/**
 * Compares SECRET_HASH: Base64 of HMAC-SHA256 over username and client id, by the client's secret (Developer guide,
 * "Computing secret hash values").
 *
 * @param usernames that it may be of
 * @throws CognitoError `NotAuthorizedException`
 */
export function requireSecretHash(
  { clientSecret }: ApiContext,
  client: AppClientSettings,
  usernames: readonly string[],
  given: string | undefined,
): void {
  if (!client.hasSecret && given === undefined) return;
  if (!client.hasSecret) {
    throw new CognitoError(
      'NotAuthorizedException',
      `Client ${client.id} is configured without secret but SECRET_HASH was received`,
    );
  }
  if (given === undefined) {
    throw new CognitoError(
      'NotAuthorizedException',
      `Client ${client.id} is configured with secret but SECRET_HASH was not received`,
    );
  }
  const secret = clientSecret(client.id) ?? '';
  const matches = usernames.filter((name) =>
    isSame(createHmac('sha256', secret).update(`${name}${client.id}`).digest('base64'), given),
  );
  if (secret === '' || matches.length === 0) {
    throw new CognitoError('NotAuthorizedException', `Unable to verify secret hash for client ${client.id}`);
  }
}

/** Compares secrets in a time that tells at most how long they are. */
export function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The API's words for a member that is not as its model has it. Values are not quoted: they may be passwords. */
function validationMessage({ issues }: z.ZodError): string {
  const lines = issues.map(({ path, code, message }) => {
    const [first = '', ...rest] = path.map(String);
    const member = [first.charAt(0).toLowerCase() + first.slice(1), ...rest].join('.');
    const missing = code === 'invalid_type' && message.endsWith('received undefined');
    return `Value ${missing ? 'null ' : ''}at '${member}' failed to satisfy constraint: ${missing ? 'Member must not be null' : message}`;
  });
  return `${lines.length} validation error${lines.length === 1 ? '' : 's'} detected: ${lines.join('; ')}`;
}
