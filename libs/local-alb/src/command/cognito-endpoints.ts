import { type AuthenticateCognitoAction } from '@gatehouse/listener';

import { LocalAlbError } from '../errors.ts';
import { type UserPoolEndpoints } from '../identity-provider.ts';

/** What a file of `--user-pool` may hold. */
export interface UserPoolFile extends Partial<Omit<UserPoolEndpoints, 'clientSecret'>> {
  readonly clientId?: string;
}

/**
 * Where the user pool of an action is: at Amazon Cognito, unless the file says otherwise.
 * Source: the developer guide of Amazon Cognito, "User pool endpoints and managed login reference".
 *
 * @throws {LocalAlbError} `CONFIGURATION_UNUSABLE`
 */
export function userPoolEndpoints(
  action: Pick<AuthenticateCognitoAction, 'userPoolArn' | 'userPoolDomain'>,
  file: UserPoolFile,
  clientSecret: string,
): UserPoolEndpoints {
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint } = { ...ofCognito(action), ...file };
  if (!issuer || !authorizationEndpoint || !tokenEndpoint || !userInfoEndpoint) {
    throw new LocalAlbError(
      'CONFIGURATION_UNUSABLE',
      'The configuration does not know its user pool yet, so that there is nobody to send browsers to. Give issuer, authorizationEndpoint, tokenEndpoint and userInfoEndpoint in the file of --user-pool.',
    );
  }
  return { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientSecret };
}

function ofCognito({
  userPoolArn,
  userPoolDomain,
}: Pick<AuthenticateCognitoAction, 'userPoolArn' | 'userPoolDomain'>): UserPoolFile {
  const [, region, pool] = /^arn:[^:]+:cognito-idp:([a-z0-9-]+):\d{12}:userpool\/([\w-]+)$/.exec(userPoolArn) ?? [];
  if (region === undefined || pool === undefined || userPoolDomain.includes('${')) return {};
  const domain = userPoolDomain.includes('.') ? userPoolDomain : `${userPoolDomain}.auth.${region}.amazoncognito.com`;
  return {
    issuer: `https://cognito-idp.${region}.amazonaws.com/${pool}`,
    authorizationEndpoint: `https://${domain}/oauth2/authorize`,
    tokenEndpoint: `https://${domain}/oauth2/token`,
    userInfoEndpoint: `https://${domain}/oauth2/userInfo`,
  };
}
