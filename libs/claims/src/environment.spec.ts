import { describe, expect, it } from '@jest/globals';
import { readClaimsSettings } from './environment.ts';
import { ClaimsError } from './error.ts';
import { checkSettings } from './settings.ts';
import { SETTINGS } from './testdata/world.ts';

const ENV = {
  ALB_ARN: SETTINGS.albArn,
  COGNITO_ISSUER: SETTINGS.issuer,
  COGNITO_CLIENT_ID: SETTINGS.clientId,
} as const;

function refusal(env: Readonly<Record<string, string | undefined>>): ClaimsError {
  try {
    readClaimsSettings(env);
  } catch (error) {
    if (error instanceof ClaimsError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('readClaimsSettings', () => {
  it('reads what is needed', () => {
    expect(checkSettings(readClaimsSettings(ENV))).toEqual(
      checkSettings({ albArn: SETTINGS.albArn, issuer: SETTINGS.issuer, clientId: SETTINGS.clientId }),
    );
  });

  it('reads what may be set', () => {
    const second = SETTINGS.albArn.replace('gatehouse', 'second');
    const env = {
      ...ENV,
      ALB_ARN: `${SETTINGS.albArn}, ${second}`,
      ALB_PUBLIC_KEYS_URL: 'https://keys.example.com',
      COGNITO_JWKS_URL: 'https://pool.example.com/jwks.json',
      BEARER_CLIENT_IDS: '1example, 2example',
    };
    expect(readClaimsSettings(env)).toEqual({
      albArn: [SETTINGS.albArn, second],
      issuer: SETTINGS.issuer,
      clientId: SETTINGS.clientId,
      albPublicKeysUrl: 'https://keys.example.com',
      jwksUrl: 'https://pool.example.com/jwks.json',
      bearerClientIds: ['1example', '2example'],
    });
  });

  it('takes empty BEARER_CLIENT_IDS for nobody', () => {
    expect(readClaimsSettings({ ...ENV, BEARER_CLIENT_IDS: '' }).bearerClientIds).toEqual([]);
  });

  it.each([
    ['ALB_ARN', undefined, 'is missing', 'the output loadBalancerArn of the alb stack'],
    ['ALB_ARN', '', 'is empty', 'the output loadBalancerArn of the alb stack'],
    ['ALB_ARN', 'x', 'is not the ARN', 'the output loadBalancerArn of the alb stack'],
    ['ALB_ARN', `${SETTINGS.albArn},`, 'is not the ARN', 'the output loadBalancerArn of the alb stack'],
    ['ALB_PUBLIC_KEYS_URL', '', 'is empty', 'the region of the alb stack'],
    ['ALB_PUBLIC_KEYS_URL', 'http://x.example', 'is not an https URL', 'the region of the alb stack'],
    ['COGNITO_ISSUER', undefined, 'is missing', 'the output issuer of the cognito stack'],
    ['COGNITO_ISSUER', ' ', 'is empty', 'the output issuer of the cognito stack'],
    ['COGNITO_CLIENT_ID', undefined, 'is missing', 'the output userPoolClientId of the cognito stack'],
    ['COGNITO_CLIENT_ID', 'two words', 'is not the id', 'the output userPoolClientId of the cognito stack'],
    ['COGNITO_JWKS_URL', '', 'is empty', 'the output jwksUrl of the cognito stack'],
    ['COGNITO_JWKS_URL', 'x', 'is not an https URL', 'the output jwksUrl of the cognito stack'],
    ['BEARER_CLIENT_IDS', 'a b', 'is not the id', 'the app clients of the cognito stack'],
  ])('refuses %s = %j: it names the variable and the output that it comes from', (name, value, reason, source) => {
    const { code, message } = refusal({ ...ENV, [name]: value });
    expect(code).toBe('CONFIGURATION_INVALID');
    expect(message).toMatch(new RegExp(`: ${name} ${reason}[^;]*; it [^;]*; a right value looks like \\S`));
    expect(message).toContain(source);
  });

  it('names all that is missing at once, each once', () => {
    const { message } = refusal({});
    for (const name of ['ALB_ARN', 'COGNITO_ISSUER', 'COGNITO_CLIENT_ID']) {
      expect(message.split(`${name} is missing`)).toHaveLength(2);
    }
    expect(message).not.toMatch(/is not an? /);
  });

  it('asks for the key host of a partition where none is documented', () => {
    const { message } = refusal({ ...ENV, ALB_ARN: SETTINGS.albArn.replace('arn:aws:', 'arn:aws-eusc:') });
    expect(message).toContain('ALB_PUBLIC_KEYS_URL must be set');
  });

  it('does not repeat a value, which may hold a secret', () => {
    expect(refusal({ ...ENV, COGNITO_ISSUER: 'https://user:canary@x.example' }).message).not.toContain('canary');
  });
});
