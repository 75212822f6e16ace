import { type z } from 'zod';
import { LocalUserPoolError } from '../errors.ts';
import {
  type AttributeBody,
  cognitoStack,
  type UserGroupBody,
  type UserPoolBody,
  type UserPoolClientBody,
} from './terraform-schema.ts';
import { lifetimeRules, secondsPerUnit, tokenLifetime } from './token-lifetimes.ts';
import { standardAttributes } from './standard-attributes.ts';
import {
  type AppClientSettings,
  type AttributeSettings,
  type GroupSettings,
  type SignInSettings,
  type UserPoolSettings,
} from './user-pool-settings.ts';

/**
 * Reads a user pool out of a synthesized cognito stack.
 *
 * References must have been replaced by literal values, and the pool and each client must carry the `id` that AWS
 * would give them: Terraform learns an id only when it applies, so the caller chooses the local ones.
 *
 * @throws LocalUserPoolError `TERRAFORM_INVALID`, naming each address that is wrong
 */
export function readUserPool(terraformJson: unknown): UserPoolSettings {
  const parsed = cognitoStack.safeParse(terraformJson);
  if (!parsed.success) throw invalid(parsed.error.issues.map(issueLine));
  const { resource } = parsed.data;

  const [pool, ...others] = Object.values(resource.aws_cognito_user_pool);
  if (!pool || others.length > 0) {
    throw invalid([`aws_cognito_user_pool: expected exactly one, found ${others.length + (pool ? 1 : 0)}`]);
  }
  const [domain] = Object.values(resource.aws_cognito_user_pool_domain);
  const policy = pool.password_policy;

  return {
    id: pool.id,
    region: pool.id.slice(0, pool.id.indexOf('_')),
    name: pool.name,
    ...(domain && { domain: domain.domain }),
    signIn: signInSettings(pool),
    // Defaults: cognito-idp API, PasswordPolicyType, as the provider fills them in for a block that is there in part.
    passwordPolicy: {
      minimumLength: policy?.minimum_length ?? 8,
      requireLowercase: policy?.require_lowercase ?? false,
      requireNumbers: policy?.require_numbers ?? false,
      requireSymbols: policy?.require_symbols ?? false,
      requireUppercase: policy?.require_uppercase ?? false,
      temporaryPasswordDays: policy?.temporary_password_validity_days ?? 7,
    },
    mfa: {
      mode: pool.mfa_configuration ?? 'OFF',
      softwareToken: pool.software_token_mfa_configuration?.enabled ?? false,
    },
    selfSignUp: !(pool.admin_create_user_config?.allow_admin_create_user_only ?? false),
    autoVerified: pool.auto_verified_attributes ?? [],
    attributes: (pool.schema ?? []).map(attributeSettings),
    groups: Object.values(resource.aws_cognito_user_group).map(groupSettings),
    resourceServers: Object.values(resource.aws_cognito_resource_server).map(({ identifier, name, scope }) => ({
      identifier,
      name,
      scopes: (scope ?? []).map(({ scope_name: scopeName }) => scopeName),
    })),
    deletionProtection: pool.deletion_protection === 'ACTIVE',
    clients: Object.entries(resource.aws_cognito_user_pool_client).map(([logicalId, client]) =>
      clientSettings(logicalId, client, pool.id),
    ),
  };
}

function signInSettings(pool: UserPoolBody): SignInSettings {
  const attributes = pool.username_attributes ?? [];
  const aliases = pool.alias_attributes ?? [];
  const identifiers: SignInSettings['identifiers'] = attributes.length > 0 ? attributes : ['username', ...aliases];
  return {
    identifiers,
    usernameIsSub: attributes.length > 0,
    caseSensitive: pool.username_configuration?.case_sensitive ?? false,
  };
}

/** The pool's own attributes are called `custom:…`; a standard one is in the schema for what is demanded of it. */
function attributeSettings(body: AttributeBody): AttributeSettings {
  const { min_length: shortest, max_length: longest } = body.string_attribute_constraints ?? {};
  const { min_value: lowest, max_value: highest } = body.number_attribute_constraints ?? {};
  const [minimum, maximum] = [shortest ?? lowest, longest ?? highest];
  return {
    name: standardAttributes.has(body.name) ? body.name : `custom:${body.name}`,
    type: body.attribute_data_type,
    mutable: body.mutable ?? true,
    required: body.required ?? false,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}

function groupSettings({ name, description, precedence, role_arn: roleArn }: UserGroupBody): GroupSettings {
  return {
    name,
    ...(description !== undefined && { description }),
    ...(precedence !== undefined && { precedence }),
    ...(roleArn !== undefined && { roleArn }),
  };
}

function clientSettings(logicalId: string, client: UserPoolClientBody, poolId: string): AppClientSettings {
  const address = `aws_cognito_user_pool_client.${logicalId}`;
  if (client.user_pool_id !== poolId) {
    throw invalid([`${address}.user_pool_id: is "${client.user_pool_id}", but the pool's id is "${poolId}"`]);
  }
  const units = client.token_validity_units;
  const lifetime = (kind: keyof typeof lifetimeRules): number => {
    const seconds = tokenLifetime(kind, client[`${kind}_token_validity`], units?.[`${kind}_token`]);
    if (seconds !== undefined) return seconds;
    const { minimumSeconds, maximumSeconds } = lifetimeRules[kind];
    throw invalid([`${address}.${kind}_token_validity: must be ${minimumSeconds} to ${maximumSeconds} seconds`]);
  };
  return {
    id: client.id,
    name: client.name,
    hasSecret: client.generate_secret ?? false,
    flows: client.allowed_oauth_flows_user_pool_client ? (client.allowed_oauth_flows ?? []) : [],
    scopes: client.allowed_oauth_scopes ?? [],
    callbackUrls: client.callback_urls ?? [],
    logoutUrls: client.logout_urls ?? [],
    authFlows: client.explicit_auth_flows ?? defaultAuthFlows,
    // Defaults: cognito-idp API, CreateUserPoolClient.
    hidesUsers: client.prevent_user_existence_errors === 'ENABLED',
    revocationAllowed: client.enable_token_revocation ?? true,
    challengeSeconds: (client.auth_session_validity ?? 3) * secondsPerUnit.minutes,
    // Without the attribute Cognito allows refresh (cognito-idp API, CreateUserPoolClient: ExplicitAuthFlows).
    refreshAllowed: client.explicit_auth_flows?.includes('ALLOW_REFRESH_TOKEN_AUTH') ?? true,
    accessTokenSeconds: lifetime('access'),
    idTokenSeconds: lifetime('id'),
    refreshTokenSeconds: lifetime('refresh'),
  };
}

/** What a client without `ExplicitAuthFlows` may do (cognito-idp API, CreateUserPoolClient). */
const defaultAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];

function issueLine(issue: z.core.$ZodIssue): string {
  const address = issue.path.filter((step, index) => index > 0 || step !== 'resource').join('.');
  return `${address || 'document'}: ${issue.message}`;
}

function invalid(lines: readonly string[]): LocalUserPoolError {
  return new LocalUserPoolError(
    'TERRAFORM_INVALID',
    [
      'The cognito stack does not describe a user pool that can run here:',
      ...lines.map((line) => `  ${line}`),
      'The local pool is made from this JSON alone; correct the stack (or the literal values put into it) and synthesize again.',
    ].join('\n'),
  );
}
