import { type AlbRequest } from './alb-request.ts';
import { AuthFailure } from './auth-failure.ts';
import { type Switches } from './switches.ts';

/**
 * The bearer token of a request: RFC 6750 section 2.1, in the one `Authorization` header there is. Of two, the target
 * might read the other one.
 *
 * @throws {AuthFailure} `JWTHeaderNotPresent`, `JWTRequestFormatInvalid`
 */
export function bearerToken(
  { headers }: Pick<AlbRequest, 'headers'>,
  { bearerScheme }: Pick<Switches, 'bearerScheme'>,
): string {
  const [value, ...more] = headers
    .filter(([name]) => name.toLowerCase() === 'authorization')
    .map((header) => header[1]);
  if (value === undefined) throw new AuthFailure('JWTHeaderNotPresent', 'the request has no Authorization header');
  const [, scheme = '', token] = /^(bearer) +([\w.~+/-]+=*)$/i.exec(value) ?? [];
  if (more.length > 0 || token === undefined || (bearerScheme === 'exact' && scheme !== 'Bearer')) {
    throw new AuthFailure('JWTRequestFormatInvalid', 'the Authorization header is not one bearer token');
  }
  return token;
}
