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
    }),
  ),
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
    aws_cognito_user_group: resources(z.object({ name: known.min(1).max(128) })).default({}),
  }),
});

export type UserPoolBody = z.infer<typeof userPool>;
export type UserPoolClientBody = z.infer<typeof userPoolClient>;
