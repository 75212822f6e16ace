import { ClaimsError } from './error.ts';
import { deepFreeze } from './freeze.ts';

/** The pool's own attributes without a schema: by name, without `custom:`. A load balancer hands all on as text. */
export type CustomClaims = Readonly<Record<string, unknown>>;

/**
 * What judges and types the claims `custom:*`, given as one object, by name without `custom:`. Either something with
 * `parse`, which throws on what it refuses (as of Zod), or a [Standard Schema](https://standardschema.dev) (as of Zod,
 * Valibot, ArkType), whose `validate` must answer at once. Numbers and booleans come as text: coerce them.
 */
export type CustomSchema<Custom> = ParseSchema<Custom> | StandardSchema<Custom>;

export interface ParseSchema<Custom> {
  readonly parse: (value: unknown) => Custom;
}

/** The part of Standard Schema, version 1, that is used here. */
export interface StandardSchema<Custom> {
  readonly '~standard': {
    readonly version: 1;
    readonly validate: (value: unknown) => StandardResult<Custom> | Promise<StandardResult<Custom>>;
  };
}

type StandardResult<Custom> =
  { readonly value: Custom; readonly issues?: undefined } | { readonly issues: readonly unknown[] };

const PREFIX = 'custom:';

/**
 * Reads the claims `custom:*` of verified claims.
 *
 * @throws {ClaimsError} `CUSTOM_CLAIMS_INVALID`
 */
export function readCustomClaims<Custom>(
  claims: Readonly<Record<string, unknown>>,
  schema: CustomSchema<Custom> | undefined,
): Custom {
  const own: Record<string, unknown> = {};
  for (const name in claims) if (name.startsWith(PREFIX)) own[name.slice(PREFIX.length)] = claims[name];
  return deepFreeze(schema === undefined ? (own as Custom) : judged(own, schema));
}

/** Without the schema's error as the cause: it may quote what it refused. */
function judged<Custom>(own: unknown, schema: CustomSchema<Custom>): Custom {
  if (!('~standard' in schema)) {
    try {
      return schema.parse(own);
    } catch {
      throw new ClaimsError('CUSTOM_CLAIMS_INVALID');
    }
  }
  const result = schema['~standard'].validate(own);
  if (result instanceof Promise) throw new ClaimsError('CONFIGURATION_INVALID', 'the schema of custom is asynchronous');
  if (result.issues !== undefined) throw new ClaimsError('CUSTOM_CLAIMS_INVALID');
  return result.value;
}
