import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passportJwt from 'passport-jwt';
import { readBearerToken } from '../bearer-header.ts';
import { ClaimsError } from '../error.ts';
import { type CheckedSettings } from '../settings.ts';
import { type User } from '../user.ts';
import { type ClaimsVerifier } from '../verifier.ts';
import { type ClaimsRequest, rawHeadersOf } from './request.ts';
import { CLAIMS_SETTINGS, CLAIMS_VERIFIER } from './tokens.ts';

/**
 * Passport strategy `bearer`: passport-jwt over the pool's keys. What passport-jwt accepted must also satisfy the
 * verifier, which knows what jsonwebtoken does not (`token_use`, `client_id`, an `exp` that may not be absent), so that
 * one piece of code decides what is believed.
 */
@Injectable()
export class BearerStrategy extends PassportStrategy(passportJwt.Strategy, 'bearer') {
  constructor(
    @Inject(CLAIMS_VERIFIER) private readonly verifier: ClaimsVerifier,
    @Inject(CLAIMS_SETTINGS) settings: CheckedSettings,
  ) {
    super({
      jwtFromRequest: (request: ClaimsRequest) => readBearerToken(rawHeadersOf(request)) ?? null,
      secretOrKeyProvider: (_request: ClaimsRequest, token: string, done) => {
        verifier.bearerKey(token).then((key) => done(null, key), done);
      },
      algorithms: ['RS256'],
      issuer: settings.issuer,
      jsonWebTokenOptions: { clockTolerance: settings.clockToleranceSeconds },
      passReqToCallback: true,
    });
  }

  validate(request: ClaimsRequest): Promise<User> {
    const token = readBearerToken(rawHeadersOf(request));
    if (token === undefined) throw new ClaimsError('BEARER_MALFORMED');
    return this.verifier.verifyBearer(token);
  }
}
