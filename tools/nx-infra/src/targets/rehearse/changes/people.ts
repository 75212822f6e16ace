import {
  DeleteGroupCommand,
  DescribeUserPoolClientCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { textOf } from '../described.ts';
import { clientOf, poolOf } from '../found.ts';
import { type Changes } from '../changes.ts';

/** Who comes in: no second factor, tokens in the browser, a group less. */
export const peopleChanges: Changes = async ({ pools }, described) => {
  const { id: UserPoolId } = await poolOf({ pools }, described);
  const [client] = described.all('aws_cognito_user_pool_client');
  const [group] = described.all('aws_cognito_user_group');
  const pool = described.one('aws_cognito_user_pool');
  if (client === undefined || group === undefined) throw new RangeError('The stacks describe no client, or no group.');
  const ClientId = await clientOf({ pools }, UserPoolId, textOf(client, 'name'));
  const isOff = pool.body['mfa_configuration'] === 'OFF';
  return [
    {
      check: 'user pool',
      address: pool.address,
      change: 'changed',
      what: `the second factor is ${isOff ? 'asked for' : 'off'}`,
      make: () =>
        pools.send(
          new SetUserPoolMfaConfigCommand(
            isOff
              ? { UserPoolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }
              : { UserPoolId, MfaConfiguration: 'OFF' },
          ),
        ),
    },
    {
      check: 'app clients',
      address: client.address,
      change: 'changed',
      what: 'the app client hands tokens to the browser, wherever it is',
      make: async () => {
        const { UserPoolClient } = await pools.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
        const { AllowedOAuthScopes, ExplicitAuthFlows, TokenValidityUnits, SupportedIdentityProviders } =
          UserPoolClient ?? {};
        return pools.send(
          new UpdateUserPoolClientCommand({
            UserPoolId,
            ClientId,
            AllowedOAuthScopes,
            ExplicitAuthFlows,
            TokenValidityUnits,
            SupportedIdentityProviders,
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthFlows: ['code', 'implicit'],
            CallbackURLs: ['https://elsewhere.example.com/callback'],
          }),
        );
      },
    },
    {
      check: 'groups',
      address: group.address,
      change: 'deleted',
      what: `group ${textOf(group, 'name')} is gone`,
      make: () => pools.send(new DeleteGroupCommand({ UserPoolId, GroupName: textOf(group, 'name') })),
    },
  ];
};
