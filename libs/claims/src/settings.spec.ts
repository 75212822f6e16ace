import { describe, expect, it } from '@jest/globals';
import { ClaimsError } from './error.ts';
import { checkSettings, type ClaimsSettings } from './settings.ts';
import { SETTINGS } from './testdata/world.ts';
import { createClaimsVerifier } from './verifier.ts';

const arn = (partition: string, region: string): string =>
  `arn:${partition}:elasticloadbalancing:${region}:123456789012:loadbalancer/app/gatehouse/0123456789abcdef`;

describe('checkSettings', () => {
  it('fills in the defaults', () => {
    const { albArn, albPublicKeysUrl, issuer, clientId, jwksUrl } = SETTINGS;
    const required = { albArn, albPublicKeysUrl, issuer, clientId, jwksUrl };
    expect(checkSettings(required)).toEqual({
      ...required,
      albArn: [SETTINGS.albArn],
      bearerClientIds: [],
      clockToleranceSeconds: 5,
      cacheEntries: 10_000,
    });
  });

  it('derives the URLs of keys from what is configured', () => {
    const { albArn, issuer, clientId } = SETTINGS;
    expect(checkSettings({ albArn, issuer, clientId })).toMatchObject({
      albPublicKeysUrl: 'https://public-keys.auth.elb.us-east-1.amazonaws.com',
      jwksUrl: `${issuer}/.well-known/jwks.json`,
    });
  });

  it('does not guess a key host that is not documented', () => {
    const { issuer, clientId } = SETTINGS;
    const albArn = arn('aws-cn', 'cn-north-1');
    expect(() => checkSettings({ albArn, issuer, clientId })).toThrow(
      /: albPublicKeysUrl must be set, as AWS documents no key host/,
    );
    const albPublicKeysUrl = 'https://keys.example.cn';
    expect(checkSettings({ albArn, issuer, clientId, albPublicKeysUrl })).toMatchObject({ albPublicKeysUrl });
  });

  it('names all that is wrong at once', () => {
    expect(() => checkSettings({ ...SETTINGS, clientId: '', issuer: '' })).toThrow(/: issuer is .*\. clientId is /);
  });

  it('leaves settings that it checked as they are', () => {
    const once = checkSettings(SETTINGS);
    expect(checkSettings(once)).toEqual(once);
  });

  it.each([
    ['aws', 'eu-central-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-cn', 'cn-north-1'],
    ['aws-iso', 'us-iso-east-1'],
    ['aws-iso-b', 'us-isob-east-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ])('knows load balancers of %s', (partition, region) => {
    const albArn = arn(partition, region);
    expect(checkSettings({ ...SETTINGS, albArn }).albArn).toEqual([albArn]);
  });

  it.each<[keyof ClaimsSettings, unknown]>([
    ['albArn', undefined],
    ['albArn', ''],
    ['albArn', []],
    ['albArn', [SETTINGS.albArn, '']],
    ['albArn', '*'],
    ['albArn', arn('aws', 'us-east-1').replace('loadbalancer/app', 'loadbalancer/net')],
    ['albArn', arn('aws', 'us-east-1').replace('loadbalancer/app', 'targetgroup')],
    ['albArn', ` ${SETTINGS.albArn}`],
    ['albArn', `${SETTINGS.albArn}\n`],
    ['albArn', [arn('aws', 'us-east-1'), arn('aws', 'us-east-2')]],
    ['albPublicKeysUrl', null],
    ['albPublicKeysUrl', ''],
    ['albPublicKeysUrl', 'http://public-keys.auth.elb.us-east-1.amazonaws.com'],
    ['albPublicKeysUrl', 'https://public-keys.auth.elb.us-east-1.amazonaws.com/'],
    ['albPublicKeysUrl', 'https://keys.example.com/?kid='],
    ['albPublicKeysUrl', 'https://user:secret@keys.example.com'],
    ['albPublicKeysUrl', 'https://keys.example.com/#'],
    ['issuer', undefined],
    ['issuer', 'us-east-1_AbCdEfGhI'],
    ['issuer', `${SETTINGS.issuer}/`],
    ['clientId', undefined],
    ['clientId', ''],
    ['clientId', 'two words'],
    ['jwksUrl', null],
    ['jwksUrl', ''],
    ['jwksUrl', 'file:///etc/jwks.json'],
    ['bearerClientIds', ''],
    ['bearerClientIds', ['']],
    ['bearerClientIds', null],
    ['clockToleranceSeconds', 31],
    ['clockToleranceSeconds', -1],
    ['clockToleranceSeconds', 0.5],
    ['clockToleranceSeconds', '5'],
    ['clockToleranceSeconds', NaN],
    ['cacheEntries', 0],
    ['cacheEntries', 1.5],
    ['cacheEntries', 1_000_001],
    ['cacheEntries', '10'],
    ['cacheEntries', false],
  ])('refuses %s = %j and names it', (name, value) => {
    const settings = { ...SETTINGS, [name]: value } as unknown as ClaimsSettings;
    const attempt = () => createClaimsVerifier(settings);
    expect(attempt).toThrow(ClaimsError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
    expect(attempt).toThrow(new RegExp(`: ${name} .*a right value looks like \\S`));
  });

  it('does not repeat a wrong value, which may hold a secret', () => {
    const settings = { ...SETTINGS, albPublicKeysUrl: 'https://user:canary@keys.example.com' };
    expect(() => checkSettings(settings)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('canary') as unknown }),
    );
  });
});
