import { z } from 'zod';
import { type JwtValidationAction } from '../model.ts';
import { block, blocks, httpsUrl, literal, parse, type Place, reference } from './field.ts';

/** Source: ELBv2 API, JwtValidationActionAdditionalClaim. */
const claim = z
  .strictObject({
    name: literal
      .pipe(z.string().min(1))
      .refine(
        (name) => !['exp', 'iss', 'nbf', 'iat'].includes(name),
        'exp, iss, nbf and iat are always checked, and may not be listed',
      ),
    format: z.enum(['single-string', 'string-array', 'space-separated-values']),
    values: z
      .array(literal.pipe(z.string().max(256)))
      .min(1)
      .max(10),
  })
  .refine(
    ({ format, values }) => format !== 'space-separated-values' || !values.some((value) => value.includes(' ')),
    'a space-separated value holds no space',
  );

/** Source: ELBv2 API, JwtValidationActionConfig; the names of the arguments are those of the AWS provider 6.22. */
const body = block(
  z.strictObject({
    issuer: reference.max(256),
    jwks_endpoint: httpsUrl.refine((url) => url.length <= 256, 'at most 256 characters'),
    additional_claim: blocks(claim)
      .refine((claims) => claims.length <= 10, 'at most 10 additional claims')
      .optional(),
  }),
);

/** A `jwt_validation` block. @throws ListenerError `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE` */
export function readJwtValidation(written: unknown, place: Place): JwtValidationAction {
  const read = parse(body, written, place);
  return {
    type: 'jwt-validation',
    issuer: read.issuer,
    jwksEndpoint: read.jwks_endpoint,
    additionalClaims: read.additional_claim ?? [],
  };
}
