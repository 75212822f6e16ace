import { describe, expect, it } from '@jest/globals';

import { userPoolEndpoints } from './cognito-endpoints.ts';

const action = {
  userPoolArn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI',
  userPoolDomain: 'shop',
};

describe('userPoolEndpoints', () => {
  it('are those of Amazon Cognito, by prefix or by a domain of its own', () => {
    expect(userPoolEndpoints(action, {}, 's')).toEqual({
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
      authorizationEndpoint: 'https://shop.auth.eu-west-1.amazoncognito.com/oauth2/authorize',
      tokenEndpoint: 'https://shop.auth.eu-west-1.amazoncognito.com/oauth2/token',
      userInfoEndpoint: 'https://shop.auth.eu-west-1.amazoncognito.com/oauth2/userInfo',
      clientSecret: 's',
    });
    const custom = userPoolEndpoints({ ...action, userPoolDomain: 'login.shop.example' }, {}, 's');
    expect(custom.tokenEndpoint).toBe('https://login.shop.example/oauth2/token');
  });

  it('are those of the file where it says so', () => {
    expect(userPoolEndpoints(action, { issuer: 'https://i', tokenEndpoint: 'http://t' }, 's')).toMatchObject({
      issuer: 'https://i',
      tokenEndpoint: 'http://t',
      userInfoEndpoint: 'https://shop.auth.eu-west-1.amazoncognito.com/oauth2/userInfo',
    });
  });

  it('are asked for when nobody knows them', () => {
    const unknown = { ...action, userPoolArn: '${aws_cognito_user_pool.shop.arn}' };
    expect(() => userPoolEndpoints(unknown, { issuer: 'https://i' }, 's')).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_UNUSABLE' }),
    );
  });
});
