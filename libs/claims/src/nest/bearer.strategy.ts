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
 * Passport strategy `bearer`: the verifier, and passport-jwt over the pool's keys. A token must satisfy both: passport-jwt
 * as a second opinion, by another implementation, and the verifier, which knows what jsonwebtoken does not (`token_use`,
 * `client_id`, an `exp` that may not be absent).
 */
@Injectable()
export class BearerStrategy extends PassportStrategy(passportJwt.Strategy, 'bearer') {
  /**
   * Users of tokens that passport-jwt accepted. The verifier gives the same object for the same string only, and only
   * while that has not expired, so that neither need verify it again; without its cache it never does.
   */
  private readonly seconded = new WeakSet<User>();

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

  override authenticate(request: never): void {
    this.verified(request).then(
      (user) => (this.seconded.has(user) ? this.success(user) : super.authenticate(request)),
      (error: unknown) => this.error(error as Error),
    );
  }

  async validate(request: ClaimsRequest): Promise<User> {
    const user = await this.verified(request);
    this.seconded.add(user);
    return user;
  }

  private async verified(request: ClaimsRequest): Promise<User> {
    const token = readBearerToken(rawHeadersOf(request));
    if (token === undefined) throw new ClaimsError('BEARER_MALFORMED');
    return this.verifier.verifyBearer(token);
  }
}
