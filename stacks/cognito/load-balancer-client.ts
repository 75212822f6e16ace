import { type CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';
import { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client/index.js';

import { login } from '../application.ts';
import { type GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { callbackUrl, loggedOutUrl } from '../origin.ts';

/** Cognito refuses shorter refresh tokens. */
const SHORTEST_REFRESH_MINUTES = 60;

/** The app client with which the load balancer logs people in. */
export function loadBalancerClient(stack: GatehouseStack, pool: CognitoUserPool): CognitoUserPoolClient {
  const { environment } = stack;
  const { accessTokenMinutes, sessionTimeoutSeconds } = environment.login;
  return new CognitoUserPoolClient(stack, 'alb', {
    name: nameOf(environment.name, 'userPoolClient'),
    userPoolId: pool.id,
    generateSecret: true,
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ['code'],
    allowedOauthScopes: [...login.scopes],
    callbackUrls: [callbackUrl(environment)],
    logoutUrls: [loggedOutUrl(environment)],
    supportedIdentityProviders: ['COGNITO'],
    // Left out, Cognito would let this client log people in by API too (ALLOW_USER_SRP_AUTH, ALLOW_CUSTOM_AUTH).
    explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    preventUserExistenceErrors: 'ENABLED',
    enableTokenRevocation: true,
    accessTokenValidity: accessTokenMinutes,
    idTokenValidity: accessTokenMinutes,
    // As long as the load balancer's session, which is renewed with it and then ends anyway.
    refreshTokenValidity: Math.max(SHORTEST_REFRESH_MINUTES, Math.ceil(sessionTimeoutSeconds / 60)),
    tokenValidityUnits: [{ accessToken: 'minutes', idToken: 'minutes', refreshToken: 'minutes' }],
  });
}
