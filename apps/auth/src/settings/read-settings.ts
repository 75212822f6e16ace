// As a namespace: what is not used of it, such as its messages in forty languages, stays out of the bundle and of memory.
import * as z from 'zod';

import { SettingsError } from './settings.error.ts';
import { type Settings } from './settings.ts';
import { variables, type VariableName } from './variables.ts';

/** Elastic Load Balancing's ARN format for an Application Load Balancer, in any partition. */
const loadBalancerArn =
  /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}$/;

/** API reference, CognitoIdentityProvider `ClientIdType`. */
const appClient = /^[\w+]{1,128}$/;

/** API reference, CognitoIdentityProvider `UserPoolIdType`. */
const userPool = /^(?=.{1,55}$)[a-z]{2}(?:-[a-z]+)+-\d_[0-9a-zA-Z]+$/;

/** RFC 6265, section 4.1.1: a cookie's name is a token of RFC 9110. */
const cookieName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/;

const text = z
  .string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'is not text') })
  .min(1, { error: 'is empty', abort: true });

const integer = (minimum: number, maximum: number): z.ZodType<number> =>
  text
    .refine((value) => /^\d{1,9}$/.test(value) && Number(value) >= minimum && Number(value) <= maximum, {
      error: `is not a whole number between ${minimum} and ${maximum}`,
    })
    .transform(Number);

/** Exactly as a browser writes an origin, because it is compared with the `Origin` header character by character. */
const origin = text.refine((value) => isHttps(value) && new URL(value).origin === value, {
  error: 'is not an https origin (lower case, no default port, no path, no slash at the end)',
});

/** Something that a path is appended to, or that is compared with an `iss` claim: one spelling only. */
const address = text.refine(
  (value) => isHttps(value) && !/[?#@]/.test(value) && !value.endsWith('/') && new URL(value).href === canonical(value),
  { error: 'is not an https URL (without user, query, fragment, or slash at the end)' },
);

const clientIds = z
  .string()
  .default('')
  .transform((value) => (value.trim() === '' ? [] : value.split(',').map((id) => id.trim())))
  .refine((ids) => ids.every((id) => appClient.test(id)), { error: 'is not a comma-separated list of app client ids' });

const fields = z.object({
  HOST: text.default('127.0.0.1'),
  PORT: integer(1, 65535),
  PUBLIC_URL: origin,
  ALB_ARN: text.regex(loadBalancerArn, { error: 'is not the ARN of an Application Load Balancer' }),
  ALB_PUBLIC_KEYS_URL: address,
  COGNITO_ISSUER: address,
  COGNITO_CLIENT_ID: text.regex(appClient, { error: 'is not an app client id' }),
  COGNITO_JWKS_URL: address,
  COGNITO_HOSTED_URL: origin,
  SESSION_COOKIE_NAME: text.regex(cookieName, { error: 'is not a cookie name' }),
  SESSION_TIMEOUT_SECONDS: integer(1, 999_999_999),
  BEARER_CLIENT_IDS: clientIds,
  COGNITO_USER_POOL_ID: text.regex(userPool, { error: 'is not the id of a user pool', abort: true }).optional(),
  // Fargate gives a container two minutes at most from SIGTERM to SIGKILL.
  DRAIN_SECONDS: integer(0, 110).default(30),
  REQUESTS_PER_MINUTE: integer(1, 1_000_000).default(3000),
  PUBLIC_REQUESTS_PER_MINUTE: integer(1, 1_000_000).default(6000),
} satisfies Record<VariableName, z.ZodType>);

/** Who is administered must be who signs in. */
const environment = fields.superRefine(({ COGNITO_USER_POOL_ID: id, COGNITO_ISSUER: issuer }, context) => {
  if (id === undefined || issuer.endsWith(`/${id}`)) return;
  context.addIssue({
    code: 'custom',
    path: ['COGNITO_USER_POOL_ID'],
    message: 'is not the pool that COGNITO_ISSUER names',
  });
});

/**
 * Reads the application's settings from environment variables.
 *
 * @throws {SettingsError} when any is missing or malformed, with a line for each: the variable, what is wrong, where its
 * value comes from, and an example
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const result = environment.safeParse(env);
  if (!result.success) throw new SettingsError(describe(result.error));
  const values = result.data;
  return {
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    albArn: values.ALB_ARN,
    albPublicKeysUrl: values.ALB_PUBLIC_KEYS_URL,
    cognitoIssuer: values.COGNITO_ISSUER,
    cognitoClientId: values.COGNITO_CLIENT_ID,
    cognitoJwksUrl: values.COGNITO_JWKS_URL,
    cognitoHostedUrl: values.COGNITO_HOSTED_URL,
    sessionCookieName: values.SESSION_COOKIE_NAME,
    sessionTimeoutSeconds: values.SESSION_TIMEOUT_SECONDS,
    bearerClientIds: values.BEARER_CLIENT_IDS,
    userPoolId: values.COGNITO_USER_POOL_ID,
    drainSeconds: values.DRAIN_SECONDS,
    requestsPerMinute: values.REQUESTS_PER_MINUTE,
    publicRequestsPerMinute: values.PUBLIC_REQUESTS_PER_MINUTE,
  };
}

function describe(error: z.ZodError): readonly string[] {
  return error.issues.map((issue) => {
    const name = issue.path[0] as VariableName;
    const { source, example } = variables[name];
    return `${name} ${issue.message}; ${source}. Example: ${example}`;
  });
}

function isHttps(value: string): boolean {
  return URL.canParse(value) && new URL(value).protocol === 'https:';
}

/** `https://host` is the one spelling without a path whose href differs: it gains a slash. */
function canonical(value: string): string {
  return new URL(value).origin === value ? `${value}/` : value;
}
