import { z } from 'zod';

/** A string that is known: a Terraform reference left in it would be compared, shown and signed as if it were a value. */
const known = z.string().refine((value) => !value.includes('${'), {
  error: 'is still a Terraform reference; put the literal value in its place before reading',
});

/** A nested block: Terraform's JSON syntax allows an object, or an array of one. */
function block<T extends z.ZodType>(schema: T): z.ZodPreprocess<z.ZodOptional<T>> {
  return z.preprocess((value: unknown): unknown => (Array.isArray(value) ? value[0] : value), schema.optional());
}

const unit = z.enum(['seconds', 'minutes', 'hours', 'days']).optional();

/** Limits of an attribute; Terraform writes them as strings. */
const limit = z.coerce.number().int().optional();

const attribute = z.object({
  name: known.regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u, 'must be 1 to 20 characters'),
  attribute_data_type: z.enum(['Boolean', 'DateTime', 'Number', 'String']),
  mutable: z.boolean().optional(),
  required: z.boolean().optional(),
  string_attribute_constraints: block(z.object({ min_length: limit, max_length: limit })),
  number_attribute_constraints: block(z.object({ min_value: limit, max_value: limit })),
});

const userGroup = z.object({
  name: known.min(1).max(128),
  description: known.optional(),
  precedence: z.int().min(0).optional(),
  role_arn: known.optional(),
});

const resourceServer = z.object({
  identifier: known.min(1).max(256),
  name: known,
  scope: z.array(z.object({ scope_name: known })).optional(),
});

const userPool = z.object({
  id: known.regex(/^[a-z]{2}(?:-[a-z]+)+-\d_[0-9A-Za-z]+$/, 'must look like us-east-1_AbCdEfGhI'),
  name: known,
  username_attributes: z.array(z.enum(['email', 'phone_number'])).optional(),
  alias_attributes: z.array(z.enum(['email', 'phone_number', 'preferred_username'])).optional(),
  username_configuration: block(z.object({ case_sensitive: z.boolean().optional() })),
  password_policy: block(
    z.object({
      minimum_length: z.int().min(6).max(99).optional(),
      require_lowercase: z.boolean().optional(),
      require_numbers: z.boolean().optional(),
      require_symbols: z.boolean().optional(),
      require_uppercase: z.boolean().optional(),
      temporary_password_validity_days: z.int().min(0).max(365).optional(),
    }),
  ),
  mfa_configuration: z.enum(['OFF', 'ON', 'OPTIONAL']).optional(),
  software_token_mfa_configuration: block(z.object({ enabled: z.boolean() })),
  admin_create_user_config: block(z.object({ allow_admin_create_user_only: z.boolean().optional() })),
  auto_verified_attributes: z.array(z.enum(['email', 'phone_number'])).optional(),
  deletion_protection: z.enum(['ACTIVE', 'INACTIVE']).optional(),
  schema: z.array(attribute).optional(),
});

const userPoolClient = z.object({
  id: known.regex(/^[\w+]{1,128}$/, 'must be 1 to 128 letters, digits, _ or +'),
  name: known,
  user_pool_id: known,
  generate_secret: z.boolean().optional(),
  allowed_oauth_flows_user_pool_client: z.boolean().optional(),
  allowed_oauth_flows: z.array(z.enum(['code', 'implicit', 'client_credentials'])).optional(),
  allowed_oauth_scopes: z.array(known).optional(),
  callback_urls: z.array(known).optional(),
  logout_urls: z.array(known).optional(),
  explicit_auth_flows: z.array(known).optional(),
  prevent_user_existence_errors: z.enum(['ENABLED', 'LEGACY']).optional(),
  enable_token_revocation: z.boolean().optional(),
  auth_session_validity: z.int().min(3).max(15).optional(),
  access_token_validity: z.number().min(0).optional(),
  id_token_validity: z.number().min(0).optional(),
  refresh_token_validity: z.number().min(0).optional(),
  token_validity_units: block(z.object({ access_token: unit, id_token: unit, refresh_token: unit })),
});

const resources = <T extends z.ZodType>(schema: T): z.ZodRecord<z.ZodString, T> => z.record(z.string(), schema);

/** The part of a synthesized stack that describes a user pool. Everything else in it is somebody else's. */
export const cognitoStack = z.object({
  resource: z.object({
    aws_cognito_user_pool: resources(userPool),
    aws_cognito_user_pool_client: resources(userPoolClient).default({}),
    aws_cognito_user_pool_domain: resources(z.object({ domain: known })).default({}),
    aws_cognito_user_group: resources(userGroup).default({}),
    aws_cognito_resource_server: resources(resourceServer).default({}),
  }),
});

export type AttributeBody = z.infer<typeof attribute>;
export type UserGroupBody = z.infer<typeof userGroup>;
export type UserPoolBody = z.infer<typeof userPool>;
export type UserPoolClientBody = z.infer<typeof userPoolClient>;
