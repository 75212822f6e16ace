import { ClaimsError } from './error.ts';
import { type ClaimsSettings, describe, judgeSettings, type SettingProblem } from './settings.ts';

interface Variable {
  readonly setting: keyof ClaimsSettings;
  /** Where its value comes from. */
  readonly source: string;
  readonly example: string;
}

/** The environment variables that settings are read from. */
const VARIABLES = {
  ALB_ARN: {
    setting: 'albArn',
    source: 'it is the output loadBalancerArn of the alb stack',
    example: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/gatehouse/0123456789abcdef',
  },
  ALB_PUBLIC_KEYS_URL: {
    setting: 'albPublicKeysUrl',
    source: 'it follows from the region of the alb stack, and may be left out in the partitions aws and aws-us-gov',
    example: 'https://public-keys.auth.elb.us-east-1.amazonaws.com',
  },
  COGNITO_ISSUER: {
    setting: 'issuer',
    source: 'it is the output issuer of the cognito stack',
    example: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI',
  },
  COGNITO_CLIENT_ID: {
    setting: 'clientId',
    source: 'it is the output userPoolClientId of the cognito stack',
    example: '1example23456789',
  },
  COGNITO_JWKS_URL: {
    setting: 'jwksUrl',
    source: 'it is the output jwksUrl of the cognito stack, and may be left out',
    example: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/jwks.json',
  },
  BEARER_CLIENT_IDS: {
    setting: 'bearerClientIds',
    source:
      'it lists the app clients of the cognito stack that may call with bearer tokens, and none may when it is left out',
    example: '1example23456789,2example34567890',
  },
} as const satisfies Readonly<Record<string, Variable>>;

type VariableName = keyof typeof VARIABLES;

const NAMES = Object.keys(VARIABLES) as readonly VariableName[];
const REQUIRED: readonly VariableName[] = ['ALB_ARN', 'COGNITO_ISSUER', 'COGNITO_CLIENT_ID'];

/**
 * Reads settings from environment variables: `ALB_ARN` (several with commas between), `ALB_PUBLIC_KEYS_URL`,
 * `COGNITO_ISSUER`, `COGNITO_CLIENT_ID`, `COGNITO_JWKS_URL`, `BEARER_CLIENT_IDS` (with commas between).
 *
 * @throws {ClaimsError} `CONFIGURATION_INVALID`, whose message names each variable that is missing, empty or malformed,
 *   and the output of the stack that its value comes from
 */
export function readClaimsSettings(env: Readonly<Record<string, string | undefined>>): ClaimsSettings {
  const absent = NAMES.flatMap((name) => absence(name, env[name]) ?? []);
  const settings: ClaimsSettings = {
    albArn: list(env['ALB_ARN']),
    issuer: env['COGNITO_ISSUER'] ?? '',
    clientId: env['COGNITO_CLIENT_ID'] ?? '',
    bearerClientIds: list(env['BEARER_CLIENT_IDS']),
    ...(env['ALB_PUBLIC_KEYS_URL'] !== undefined && { albPublicKeysUrl: env['ALB_PUBLIC_KEYS_URL'] }),
    ...(env['COGNITO_JWKS_URL'] !== undefined && { jwksUrl: env['COGNITO_JWKS_URL'] }),
  };
  const judged = judgeSettings(settings);
  const malformed = judged.settings ? [] : judged.problems.map(named);
  const problems = [...absent, ...malformed.filter(({ name }) => !absent.some((other) => other.name === name))];
  if (problems.length === 0) return settings;
  throw new ClaimsError('CONFIGURATION_INVALID', problems.map(lineOf).join('. '));
}

interface VariableProblem {
  readonly name: VariableName;
  readonly reason: string;
}

/** An empty variable is one that somebody meant to set: a reference that resolved to nothing. */
function absence(name: VariableName, value: string | undefined): VariableProblem | undefined {
  if (value === undefined) return REQUIRED.includes(name) ? { name, reason: 'is missing' } : undefined;
  return value.trim() === '' && name !== 'BEARER_CLIENT_IDS' ? { name, reason: 'is empty' } : undefined;
}

function named({ setting, reason }: SettingProblem): VariableProblem {
  const name = NAMES.find((candidate) => VARIABLES[candidate].setting === setting);
  if (name === undefined) throw new Error(`no variable holds ${setting}`);
  return { name, reason };
}

function lineOf({ name, reason }: VariableProblem): string {
  const { source, example } = VARIABLES[name];
  return describe(name, { reason: `${reason}; ${source}`, example });
}

function list(value = ''): readonly string[] {
  return value.trim() === '' ? [] : value.split(',').map((item) => item.trim());
}
