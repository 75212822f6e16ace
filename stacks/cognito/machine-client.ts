import { CognitoResourceServer } from '@cdktf/provider-aws/lib/cognito-resource-server/index.js';
import { type CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';
import { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client/index.js';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';

/** The API that tokens are for, with its scopes; none where the environment names none. */
export function resourceServer(stack: GatehouseStack, pool: CognitoUserPool): CognitoResourceServer | undefined {
  const { api } = stack.environment;
  if (!api) return undefined;
  return new CognitoResourceServer(stack, 'api', {
    userPoolId: pool.id,
    identifier: api.identifier,
    name: api.identifier,
    scope: api.scopes.map(({ name, description }) => ({ scopeName: name, scopeDescription: description })),
  });
}

/**
 * The app client of programs: it gets tokens for itself with its secret, and can log nobody in. There is no one to come
 * back, so it has no callback.
 */
export function machineClient(
  stack: GatehouseStack,
  pool: CognitoUserPool,
  server: CognitoResourceServer | undefined,
): CognitoUserPoolClient | undefined {
  const { environment } = stack;
  if (!environment.machines || !server) return undefined;
  return new CognitoUserPoolClient(stack, 'machines', {
    name: nameOf(environment.name, 'machineClient'),
    userPoolId: pool.id,
    generateSecret: true,
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ['client_credentials'],
    // By way of the server's identifier, so that Terraform makes the scopes before the client that names them.
    allowedOauthScopes: environment.machines.scopes.map((scope) => `${server.identifier}/${scope}`),
    explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    preventUserExistenceErrors: 'ENABLED',
    enableTokenRevocation: true,
    accessTokenValidity: environment.login.accessTokenMinutes,
    idTokenValidity: environment.login.accessTokenMinutes,
    tokenValidityUnits: [{ accessToken: 'minutes', idToken: 'minutes' }],
  });
}
