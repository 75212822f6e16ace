import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, expect, it } from '@jest/globals';
import { sdk, startApi, UserPoolId } from '../testdata/api.ts';
import { type RunningPool } from '../testdata/running-pool.ts';

let running: RunningPool;
let client: CognitoIdentityProviderClient;
beforeAll(async () => {
  running = await startApi();
  client = sdk(running);
});

it('describes the pool as the stack does', async () => {
  const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(UserPool).toMatchObject({
    Id: UserPoolId,
    Name: 'gatehouse-local',
    MfaConfiguration: 'OPTIONAL',
    Policies: { PasswordPolicy: { MinimumLength: 12, RequireLowercase: true, TemporaryPasswordValidityDays: 7 } },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    AutoVerifiedAttributes: ['email'],
    EstimatedNumberOfUsers: 2,
    Domain: 'gatehouse-local',
  });
});

it('describes a client, its secret included, to an administrator', async () => {
  const { UserPoolClient } = await client.send(
    new DescribeUserPoolClientCommand({ UserPoolId, ClientId: 'albclient' }),
  );
  expect(UserPoolClient).toMatchObject({
    ClientSecret: running.pool.clientSecret('albclient'),
    AccessTokenValidity: 15,
    TokenValidityUnits: { AccessToken: 'minutes' },
    CallbackURLs: ['https://app.localhost:8443/oauth2/idpresponse'],
    AllowedOAuthFlows: ['code'],
  });
  const spa = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId: 'spa' }));
  expect(spa.UserPoolClient?.ClientSecret).toBeUndefined();
});

it('lists the clients', async () => {
  const { UserPoolClients } = await client.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
  expect(UserPoolClients?.map(({ ClientId }) => ClientId)).toContain('albclient');
});

it('knows no other pool, and no other client', async () => {
  const name = 'ResourceNotFoundException';
  await expect(client.send(new DescribeUserPoolCommand({ UserPoolId: 'us-east-1_Other' }))).rejects.toThrow(
    expect.objectContaining({ name }),
  );
  await expect(client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId: 'other' }))).rejects.toThrow(
    expect.objectContaining({ name }),
  );
});
