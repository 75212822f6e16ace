import { albPublicKeysUrl } from './alb-public-keys-url.ts';
import { ClaimsError } from './error.ts';

/** Whom to believe. All of it comes from the outputs of the stacks; none of it is ever taken from a token. */
export interface ClaimsSettings {
  /** ARN of the Application Load Balancer(s) that may sign; all of one region, as keys are a region's. */
  readonly albArn: string | readonly string[];
  /**
   * Where the region's public keys are; a key is at `<url>/<kid>`.
   * @default as documented for region and partition of `albArn`; required outside of `aws` and `aws-us-gov`
   */
  readonly albPublicKeysUrl?: string;
  /** The user pool, as it names itself: `https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI`. */
  readonly issuer: string;
  /** App client of the load balancer. */
  readonly clientId: string;
  /**
   * The pool's keys.
   * @default `<issuer>/.well-known/jwks.json`
   */
  readonly jwksUrl?: string;
  /**
   * App clients whose bearer access tokens are accepted.
   * @default [] (bearer tokens are refused)
   */
  readonly bearerClientIds?: readonly string[];
  /**
   * How far this machine's clock may be ahead, in seconds; 0 to 30.
   * @default 5
   */
  readonly clockToleranceSeconds?: number;
  /**
   * How many verified tokens are remembered until they expire, so that the same strings are not verified again; at most
   * 1,000,000, of some 2 KB each. For the load balancer's pairs and for bearer tokens, each. `null` verifies every time.
   * @default 10_000
   */
  readonly cacheEntries?: number | null;
}

/** Settings that were checked, with their defaults filled in. */
export interface CheckedSettings extends Required<ClaimsSettings> {
  readonly albArn: readonly string[];
}

/** Every partition has the form `aws` or `aws-…`; a Network Load Balancer or a target group cannot sign. */
const ALB_ARN =
  /^arn:aws(?:-[a-z]+)*:elasticloadbalancing:[a-z]{2,}(?:-[a-z]+)+-\d:\d{12}:loadbalancer\/app\/[^/\s]+\/[0-9a-f]{16}$/;
const CLIENT_ID = /^[\w+]{1,128}$/;
const MAX_CLOCK_TOLERANCE_SECONDS = 30;
const MAX_CACHE_ENTRIES = 1_000_000;

/** What is wrong with a setting. It never repeats the value, which may hold a secret. */
export interface SettingProblem {
  readonly setting: keyof ClaimsSettings;
  readonly reason: string;
  /** A right value. */
  readonly example: string;
}

/**
 * Checks settings once, at creation: a verifier that does not know whom to believe must not exist.
 *
 * @throws {ClaimsError} `CONFIGURATION_INVALID`, whose message names each wrong setting and shows a right value
 */
export function checkSettings(settings: ClaimsSettings): CheckedSettings {
  const judged = judgeSettings(settings);
  if (judged.settings) return judged.settings;
  const lines = judged.problems.map((problem) => describe(problem.setting, problem));
  throw new ClaimsError('CONFIGURATION_INVALID', lines.join('. '));
}

/** @param name what the reader knows the setting by */
export function describe(name: string, { reason, example }: Omit<SettingProblem, 'setting'>): string {
  return `${name} ${reason}; a right value looks like ${example}`;
}

type Judged =
  | { readonly settings: CheckedSettings }
  | { readonly settings: undefined; readonly problems: readonly SettingProblem[] };

/** Settings with their defaults, or all that is wrong with them. */
export function judgeSettings(settings: ClaimsSettings): Judged {
  const problems: SettingProblem[] = [];
  const take = <Value>(value: Value | Problem): Value => {
    if (value instanceof Problem) problems.push({ ...value });
    return value as Value;
  };
  const albArn = take(albArns(settings.albArn));
  const issuer = take(httpsUrl('issuer', settings.issuer));
  const checked = {
    albArn,
    albPublicKeysUrl:
      settings.albPublicKeysUrl === undefined
        ? take(derivedKeysUrl(albArn))
        : take(httpsUrl('albPublicKeysUrl', settings.albPublicKeysUrl)),
    issuer,
    clientId: take(clientId('clientId', settings.clientId)),
    jwksUrl:
      settings.jwksUrl === undefined ? `${issuer}/.well-known/jwks.json` : take(httpsUrl('jwksUrl', settings.jwksUrl)),
    bearerClientIds: take(bearerClientIds(settings.bearerClientIds)),
    clockToleranceSeconds: take(clockToleranceSeconds(settings.clockToleranceSeconds)),
    cacheEntries: take(cacheEntries(settings.cacheEntries)),
  };
  return problems.length === 0 ? { settings: checked } : { settings: undefined, problems };
}

/** In the place of a value, so that a problem does not hide the others. */
class Problem implements SettingProblem {
  constructor(
    readonly setting: keyof ClaimsSettings,
    readonly reason: string,
    readonly example: string,
  ) {}
}

const EXAMPLES = {
  albArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/gatehouse/0123456789abcdef',
  albPublicKeysUrl: 'https://public-keys.auth.elb.us-east-1.amazonaws.com',
  issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI',
  jwksUrl: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/jwks.json',
} as const;

function albArns(value: unknown): readonly string[] | Problem {
  const arns: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (arns.length === 0 || !arns.every((arn) => typeof arn === 'string' && ALB_ARN.test(arn))) {
    return new Problem('albArn', 'is not the ARN of an Application Load Balancer', EXAMPLES.albArn);
  }
  const checked = arns as readonly string[];
  if (new Set(checked.map((arn) => arn.split(':').slice(0, 4).join(':'))).size > 1) {
    return new Problem(
      'albArn',
      'names load balancers of several regions, but one URL has the keys of one region',
      EXAMPLES.albArn,
    );
  }
  return [...checked];
}

function derivedKeysUrl(arns: readonly string[] | Problem): string | Problem {
  // A wrong ARN has been reported as such.
  if (arns instanceof Problem) return '';
  return (
    albPublicKeysUrl(arns[0] ?? '') ??
    new Problem(
      'albPublicKeysUrl',
      'must be set, as AWS documents no key host for the partition and region of albArn',
      EXAMPLES.albPublicKeysUrl,
    )
  );
}

function httpsUrl(name: keyof typeof EXAMPLES, value: unknown): string | Problem {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  const plain =
    url?.protocol === 'https:' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (typeof value !== 'string' || !plain || /[\s\\?#]/.test(value) || value.endsWith('/')) {
    const reason = 'is not an https URL without query, fragment, credentials and trailing slash';
    return new Problem(name, reason, EXAMPLES[name]);
  }
  return value;
}

function clientId(name: 'clientId' | 'bearerClientIds', value: unknown): string | Problem {
  if (typeof value === 'string' && CLIENT_ID.test(value)) return value;
  return new Problem(name, 'is not the id of an app client', '1example23456789');
}

function bearerClientIds(value: unknown): readonly string[] | Problem {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return new Problem('bearerClientIds', 'is not a list', "['1example23456789']");
  const ids = value.map((id: unknown) => clientId('bearerClientIds', id));
  return ids.find((id) => id instanceof Problem) ?? (ids as readonly string[]);
}

function clockToleranceSeconds(value: unknown = 5): number | Problem {
  if (isIntegerIn(value, 0, MAX_CLOCK_TOLERANCE_SECONDS)) return value;
  return new Problem('clockToleranceSeconds', `is not an integer from 0 to ${MAX_CLOCK_TOLERANCE_SECONDS}`, '5');
}

function cacheEntries(value: unknown = 10_000): number | null | Problem {
  if (value === null || isIntegerIn(value, 1, MAX_CACHE_ENTRIES)) return value;
  return new Problem('cacheEntries', `is neither an integer from 1 to ${MAX_CACHE_ENTRIES} nor null`, '10000');
}

function isIntegerIn(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
