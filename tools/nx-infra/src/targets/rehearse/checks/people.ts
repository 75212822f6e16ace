import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetUserPoolMfaConfigCommand,
  ListGroupsCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { type Check, unless, unlessSame } from '../check.ts';
import { blocksOf, textOf } from '../described.ts';
import { clientOf, poolOf } from '../found.ts';

/** Who may join, with what they log in, and what protects them from being deleted. */
export const userPool: Check = async ({ clients: { pools }, described }) => {
  const { id: UserPoolId } = await poolOf({ pools }, described);
  const { UserPool: pool } = await pools.send(new DescribeUserPoolCommand({ UserPoolId }));
  const mfa = await pools.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
  const { body } = described.one('aws_cognito_user_pool');
  const [password] = blocksOf(body, 'password_policy');
  const [invited] = blocksOf(body, 'admin_create_user_config');
  const [tokens] = blocksOf(body, 'software_token_mfa_configuration');
  const policy = pool?.Policies?.PasswordPolicy;
  return [
    ...unlessSame('Its protection from deletion', pool?.DeletionProtection, body['deletion_protection']),
    ...unlessSame('Its plan', pool?.UserPoolTier, body['user_pool_tier']),
    ...unlessSame(
      'That people join by invitation alone',
      pool?.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
      invited?.['allow_admin_create_user_only'],
    ),
    ...unlessSame('A second factor', mfa.MfaConfiguration, body['mfa_configuration']),
    ...unlessSame(
      'Codes from an app',
      mfa.SoftwareTokenMfaConfiguration?.Enabled ?? false,
      tokens?.['enabled'] ?? false,
    ),
    ...unlessSame('What people are called by', pool?.UsernameAttributes, body['username_attributes']),
    ...unlessSame(
      'That case matters in it',
      pool?.UsernameConfiguration?.CaseSensitive,
      blocksOf(body, 'username_configuration')[0]?.['case_sensitive'],
    ),
    ...unlessSame(
      'A changed address counts once it is confirmed',
      pool?.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate,
      blocksOf(body, 'user_attribute_update_settings')[0]?.['attributes_require_verification_before_update'],
    ),
    ...unlessSame('The shortest password', policy?.MinimumLength, password?.['minimum_length']),
    ...unlessSame('Numbers in a password', policy?.RequireNumbers, password?.['require_numbers']),
  ];
};

/** The clients get codes or tokens with their secret, and in no other way. */
export const appClients: Check = async ({ clients: { pools }, described }) => {
  const { id: UserPoolId } = await poolOf({ pools }, described);
  const problems = await Promise.all(
    described.all('aws_cognito_user_pool_client').map(async (resource) => {
      const name = textOf(resource, 'name');
      const ClientId = await clientOf({ pools }, UserPoolId, name);
      const { UserPoolClient: found } = await pools.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
      const { body } = resource;
      return [
        ...unless((found?.ClientSecret ?? '') !== '', `${name} has no secret.`),
        ...unless(found?.AllowedOAuthFlows?.includes('implicit') !== true, `${name} hands tokens to the browser.`),
        ...unlessSame(`The flows of ${name}`, found?.AllowedOAuthFlows, body['allowed_oauth_flows']),
        ...unlessSame(
          `The scopes of ${name}`,
          sorted(found?.AllowedOAuthScopes),
          sorted(scopesOf(body['allowed_oauth_scopes'], described)),
        ),
        ...unlessSame(`The callbacks of ${name}`, found?.CallbackURLs ?? [], body['callback_urls'] ?? []),
        ...unlessSame(`Where ${name} logs out to`, found?.LogoutURLs ?? [], body['logout_urls'] ?? []),
        ...unlessSame(`What the API lets ${name} do`, found?.ExplicitAuthFlows, body['explicit_auth_flows']),
        ...unlessSame(`What ${name} says of users that there are not`, found?.PreventUserExistenceErrors, 'ENABLED'),
        ...unlessSame(
          `That tokens of ${name} can be revoked`,
          found?.EnableTokenRevocation,
          body['enable_token_revocation'],
        ),
        ...unlessSame(
          `The minutes of an access token of ${name}`,
          found?.AccessTokenValidity,
          body['access_token_validity'],
        ),
      ];
    }),
  );
  return problems.flat();
};

/** The groups that the application asks for, and the pages to log in at. */
export const groupsAndPages: Check = async ({ clients: { pools }, described }) => {
  const { id: UserPoolId } = await poolOf({ pools }, described);
  const { Groups = [] } = await pools.send(new ListGroupsCommand({ UserPoolId }));
  const wanted = described.all('aws_cognito_user_group').map((group) => textOf(group, 'name'));
  const domain = described.one('aws_cognito_user_pool_domain');
  const Domain = textOf(domain, 'domain');
  const { DomainDescription } = await pools.send(new DescribeUserPoolDomainCommand({ Domain }));
  return [
    ...unlessSame('The list of groups', sorted(Groups.map(({ GroupName }) => GroupName)), sorted(wanted)),
    ...unlessSame(`The pool of ${Domain}`, DomainDescription?.UserPoolId, UserPoolId),
    ...unlessSame(
      `The pages of ${Domain}`,
      DomainDescription?.ManagedLoginVersion,
      domain.body['managed_login_version'],
    ),
  ];
};

/** Scopes of our own API are described by way of its identifier. */
function scopesOf(scopes: unknown, described: Parameters<Check>[0]['described']): readonly unknown[] {
  const [api] = described.all('aws_cognito_resource_server');
  if (api === undefined) return scopes as readonly unknown[];
  return (scopes as readonly string[]).map((scope) =>
    scope.replace('${aws_cognito_resource_server.api.identifier}', textOf(api, 'identifier')),
  );
}

function sorted(values: readonly unknown[] = []): readonly unknown[] {
  return [...values].sort();
}
