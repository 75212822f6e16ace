import { z } from 'zod';
import { secondsPerUnit } from '../settings/token-lifetimes.ts';
import { type AppClientSettings, type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { type ApiContext, operation, type Operation, poolId, requireClient, requirePool, text } from './operation.ts';
import { pageOf } from './page-of.ts';

const listClients = poolId.extend({
  MaxResults: z.int().min(1).max(60).optional(),
  NextToken: text.optional(),
});

/** What the pool is. It is changed in the stack. */
export const describeOperations: Readonly<Record<string, Operation>> = {
  DescribeUserPool: operation('administrator', poolId, (input, context) => {
    requirePool(context, input);
    return { UserPool: userPoolType(context.pool.settings(), context.pool.users.size) };
  }),

  DescribeUserPoolClient: operation('administrator', poolId.extend({ ClientId: text }), (input, context) => {
    requirePool(context, input);
    return { UserPoolClient: clientType(requireClient(context, input.ClientId), context) };
  }),

  ListUserPoolClients: operation('administrator', listClients, (input, context) => {
    requirePool(context, input);
    const { clients, id } = context.pool.settings();
    const placed = clients.map((client, position) => ({ client, position }));
    const { items, next } = pageOf(placed, input.MaxResults, input.NextToken);
    return {
      UserPoolClients: items.map(({ client }) => ({ ClientId: client.id, UserPoolId: id, ClientName: client.name })),
      ...(next !== undefined && { NextToken: next }),
    };
  }),
};

/** cognito-idp API, UserPoolType, as far as the stack says it. */
function userPoolType(settings: UserPoolSettings, users: number): object {
  const { passwordPolicy: policy, signIn, region, id } = settings;
  const addresses = signIn.identifiers.filter((name) => name !== 'username');
  return {
    Id: id,
    Name: settings.name,
    // The account of examples (AWS Account Management Reference, "Account identifiers").
    Arn: `arn:aws:cognito-idp:${region}:123456789012:userpool/${id}`,
    Policies: {
      PasswordPolicy: {
        MinimumLength: policy.minimumLength,
        RequireUppercase: policy.requireUppercase,
        RequireLowercase: policy.requireLowercase,
        RequireNumbers: policy.requireNumbers,
        RequireSymbols: policy.requireSymbols,
        TemporaryPasswordValidityDays: policy.temporaryPasswordDays,
      },
    },
    DeletionProtection: settings.deletionProtection ? 'ACTIVE' : 'INACTIVE',
    SchemaAttributes: settings.attributes.map(({ name, type, mutable, required }) => ({
      Name: name,
      AttributeDataType: type,
      DeveloperOnlyAttribute: false,
      Mutable: mutable,
      Required: required,
    })),
    AutoVerifiedAttributes: settings.autoVerified,
    ...(signIn.usernameIsSub ? { UsernameAttributes: addresses } : { AliasAttributes: addresses }),
    MfaConfiguration: settings.mfa.mode,
    EstimatedNumberOfUsers: users,
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: !settings.selfSignUp },
    UsernameConfiguration: { CaseSensitive: signIn.caseSensitive },
    ...(settings.domain !== undefined && { Domain: settings.domain }),
  };
}

/** cognito-idp API, UserPoolClientType. The secret is in it, as on AWS. */
function clientType(client: AppClientSettings, { pool, clientSecret }: ApiContext): object {
  const secret = clientSecret(client.id);
  return {
    UserPoolId: pool.settings().id,
    ClientName: client.name,
    ClientId: client.id,
    ...(secret !== undefined && { ClientSecret: secret }),
    AccessTokenValidity: client.accessTokenSeconds / secondsPerUnit.minutes,
    IdTokenValidity: client.idTokenSeconds / secondsPerUnit.minutes,
    RefreshTokenValidity: client.refreshTokenSeconds / secondsPerUnit.minutes,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
    ExplicitAuthFlows: client.authFlows,
    CallbackURLs: client.callbackUrls,
    LogoutURLs: client.logoutUrls,
    AllowedOAuthFlows: client.flows,
    AllowedOAuthScopes: client.scopes,
    AllowedOAuthFlowsUserPoolClient: client.flows.length > 0,
    PreventUserExistenceErrors: client.hidesUsers ? 'ENABLED' : 'LEGACY',
    EnableTokenRevocation: client.revocationAllowed,
    AuthSessionValidity: client.challengeSeconds / secondsPerUnit.minutes,
  };
}
