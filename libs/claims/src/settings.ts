import { ClaimsError } from './error.ts';

/** Whom to believe. All of it comes from the outputs of the stacks; none of it is ever taken from a token. */
export interface ClaimsSettings {
  /** ARN of the Application Load Balancer(s) that may sign; all of one region, as keys are a region's. */
  readonly albArn: string | readonly string[];
  /** Where the region's public keys are, for example `https://public-keys.auth.elb.us-east-1.amazonaws.com`. */
  readonly albPublicKeysUrl: string;
  /** The user pool, as it names itself: `https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI`. */
  readonly issuer: string;
  /** App client of the load balancer. */
  readonly clientId: string;
  /** The pool's keys: `<issuer>/.well-known/jwks.json`. */
  readonly jwksUrl: string;
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

/**
 * Checks settings once, at creation: a verifier that does not know whom to believe must not exist.
 *
 * @throws {ClaimsError} `CONFIGURATION_INVALID`, whose message names the setting and shows a right value
 */
export function checkSettings(settings: ClaimsSettings): CheckedSettings {
  return {
    albArn: albArns(settings.albArn),
    albPublicKeysUrl: httpsUrl(
      'albPublicKeysUrl',
      settings.albPublicKeysUrl,
      'https://public-keys.auth.elb.us-east-1.amazonaws.com',
    ),
    issuer: httpsUrl('issuer', settings.issuer, 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI'),
    clientId: clientId('clientId', settings.clientId),
    jwksUrl: httpsUrl('jwksUrl', settings.jwksUrl, '<issuer>/.well-known/jwks.json'),
    bearerClientIds: bearerClientIds(settings.bearerClientIds),
    clockToleranceSeconds: clockToleranceSeconds(settings.clockToleranceSeconds),
  };
}

function albArns(value: unknown): readonly string[] {
  const example = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/gatehouse/0123456789abcdef';
  const arns: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (arns.length === 0 || !arns.every((arn) => typeof arn === 'string' && ALB_ARN.test(arn))) {
    throw invalid('albArn', 'is not the ARN of an Application Load Balancer', example);
  }
  const checked = arns as readonly string[];
  if (new Set(checked.map((arn) => arn.split(':').slice(0, 4).join(':'))).size > 1) {
    throw invalid(
      'albArn',
      'names load balancers of several regions, but albPublicKeysUrl has the keys of one',
      example,
    );
  }
  return [...checked];
}

function httpsUrl(name: string, value: unknown, example: string): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  const plain =
    url?.protocol === 'https:' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (typeof value !== 'string' || !plain || /[\s\\?#]/.test(value) || value.endsWith('/')) {
    throw invalid(name, 'is not an https URL without query, fragment, credentials and trailing slash', example);
  }
  return value;
}

function clientId(name: string, value: unknown): string {
  if (typeof value !== 'string' || !CLIENT_ID.test(value)) {
    throw invalid(name, 'is not the id of an app client', '1example23456789');
  }
  return value;
}

function bearerClientIds(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalid('bearerClientIds', 'is not a list', "['1example23456789']");
  return value.map((id: unknown) => clientId('bearerClientIds', id));
}

function clockToleranceSeconds(value: unknown = 5): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_CLOCK_TOLERANCE_SECONDS) {
    throw invalid('clockToleranceSeconds', `is not an integer from 0 to ${MAX_CLOCK_TOLERANCE_SECONDS}`, '5');
  }
  return value;
}

function invalid(setting: string, reason: string, example: string): ClaimsError {
  return new ClaimsError('CONFIGURATION_INVALID', `${setting} ${reason}; a right value looks like ${example}`);
}
