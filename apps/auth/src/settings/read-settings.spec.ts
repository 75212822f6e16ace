import { describe, expect, it } from '@jest/globals';

import { environment } from '../testdata/environment.ts';
import { readSettings } from './read-settings.ts';
import { SettingsError } from './settings.error.ts';
import { variables } from './variables.ts';

function problems(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('readSettings', () => {
  it('reads a complete environment', () => {
    expect(readSettings(environment)).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'https://app.example.com',
      albArn: environment.ALB_ARN,
      albPublicKeysUrl: 'https://public-keys.auth.elb.eu-central-1.amazonaws.com',
      cognitoIssuer: environment.COGNITO_ISSUER,
      cognitoClientId: environment.COGNITO_CLIENT_ID,
      cognitoJwksUrl: environment.COGNITO_JWKS_URL,
      cognitoHostedUrl: 'https://gatehouse.auth.eu-central-1.amazoncognito.com',
      sessionCookieName: 'AWSELBAuthSessionCookie',
      sessionTimeoutSeconds: 3600,
      bearerClientIds: [],
      drainSeconds: 30,
      requestsPerMinute: 3000,
      publicRequestsPerMinute: 6000,
    });
  });

  it('reports every required variable in one go, each on one line that says where its value comes from', () => {
    const optional = [
      'HOST',
      'BEARER_CLIENT_IDS',
      'COGNITO_USER_POOL_ID',
      'DRAIN_SECONDS',
      'REQUESTS_PER_MINUTE',
      'PUBLIC_REQUESTS_PER_MINUTE',
    ];
    const required = Object.keys(variables).filter((name) => !optional.includes(name));
    const lines = problems({});
    expect(lines.map((line) => line.split(' ')[0])).toEqual(required);
    for (const line of lines) {
      expect(line).toMatch(/^[A-Z_]+ is missing; .+\. Example: \S+$/);
    }
    expect(lines).toContain(
      'COGNITO_ISSUER is missing; it is the output issuer of the cognito stack. ' +
        'Example: https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI',
    );
  });

  it('accepts its own examples', () => {
    const examples = Object.fromEntries(Object.entries(variables).map(([name, { example }]) => [name, example]));
    expect(problems(examples)).toEqual([]);
  });

  it.each<[name: string, value: string]>([
    ['HOST', ''],
    ['PORT', ''],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['PORT', ' 3000'],
    ['PORT', '0x10'],
    ['PUBLIC_URL', 'http://app.example.com'],
    ['PUBLIC_URL', 'https://app.example.com/'],
    ['PUBLIC_URL', 'https://app.example.com:443'],
    ['PUBLIC_URL', 'https://App.example.com'],
    ['PUBLIC_URL', 'https://user@app.example.com'],
    ['PUBLIC_URL', 'app.example.com'],
    ['ALB_ARN', ''],
    ['ALB_ARN', '*'],
    ['ALB_ARN', 'arn:aws:elasticloadbalancing:eu-central-1:111111111111:loadbalancer/net/gatehouse/0123456789abcdef'],
    ['ALB_PUBLIC_KEYS_URL', 'http://public-keys.auth.elb.eu-central-1.amazonaws.com'],
    ['ALB_PUBLIC_KEYS_URL', 'https://public-keys.auth.elb.eu-central-1.amazonaws.com/'],
    ['ALB_PUBLIC_KEYS_URL', 'https://public-keys.auth.elb.eu-central-1.amazonaws.com?x'],
    ['COGNITO_ISSUER', 'https://cognito-idp.eu-central-1.amazonaws.com/../x'],
    ['COGNITO_ISSUER', 'https://user:word@cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI'],
    ['COGNITO_CLIENT_ID', 'a b'],
    ['COGNITO_CLIENT_ID', '${aws_cognito_user_pool_client.alb.id}'],
    ['COGNITO_JWKS_URL', 'https://example.com/jwks.json#key'],
    ['COGNITO_HOSTED_URL', 'https://gatehouse.auth.eu-central-1.amazoncognito.com/login'],
    ['COGNITO_USER_POOL_ID', ''],
    ['COGNITO_USER_POOL_ID', 'eu-central-1'],
    ['COGNITO_USER_POOL_ID', 'eu-central-1_AbC/../x'],
    ['COGNITO_USER_POOL_ID', 'eu-central-1_Another'],
    ['SESSION_COOKIE_NAME', 'a;b'],
    ['SESSION_COOKIE_NAME', 'a=b'],
    ['SESSION_TIMEOUT_SECONDS', '0'],
    ['SESSION_TIMEOUT_SECONDS', '-1'],
    ['SESSION_TIMEOUT_SECONDS', '1e3'],
    ['DRAIN_SECONDS', ''],
    ['DRAIN_SECONDS', '-1'],
    ['DRAIN_SECONDS', '111'],
    ['REQUESTS_PER_MINUTE', '0'],
    ['REQUESTS_PER_MINUTE', 'unlimited'],
    ['PUBLIC_REQUESTS_PER_MINUTE', '0'],
    ['BEARER_CLIENT_IDS', 'one,,two'],
    ['BEARER_CLIENT_IDS', 'one two'],
  ])('refuses %s=%j with one line that does not repeat the value', (name, value) => {
    const lines = problems({ ...environment, [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name} is .+; .+\\. Example: \\S+$`));
    const untilExample = lines[0]?.split(' Example: ')[0];
    if (value.length > 4) expect(untilExample).not.toContain(value);
  });

  it('reads bearer clients as a list, and an empty list as none', () => {
    expect(readSettings({ ...environment, BEARER_CLIENT_IDS: 'one, two' }).bearerClientIds).toEqual(['one', 'two']);
    expect(readSettings({ ...environment, BEARER_CLIENT_IDS: '' }).bearerClientIds).toEqual([]);
  });

  it('reads the pool to administer, and without one there is none', () => {
    const COGNITO_USER_POOL_ID = 'eu-central-1_AbCdEfGhI';
    expect(readSettings({ ...environment, COGNITO_USER_POOL_ID }).userPoolId).toBe(COGNITO_USER_POOL_ID);
    expect(readSettings(environment).userPoolId).toBeUndefined();
  });

  it('reads what differs from the defaults', () => {
    const chosen = { DRAIN_SECONDS: '0', REQUESTS_PER_MINUTE: '1', PUBLIC_REQUESTS_PER_MINUTE: '1000000' };
    expect(readSettings({ ...environment, ...chosen })).toMatchObject({
      drainSeconds: 0,
      requestsPerMinute: 1,
      publicRequestsPerMinute: 1_000_000,
    });
  });

  it('accepts load balancers of every partition and origins with a port', () => {
    const arn = environment.ALB_ARN.replace('arn:aws:', 'arn:aws-us-gov:');
    const settings = readSettings({ ...environment, ALB_ARN: arn, PUBLIC_URL: 'https://app.localhost:8443' });
    expect(settings.albArn).toBe(arn);
    expect(settings.publicUrl).toBe('https://app.localhost:8443');
  });
});
