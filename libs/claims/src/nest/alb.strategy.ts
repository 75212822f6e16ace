import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { type User } from '../user.ts';
import { type ClaimsVerifier } from '../verifier.ts';
import { type ClaimsRequest, rawHeadersOf } from './request.ts';
import { CLAIMS_VERIFIER } from './tokens.ts';

type Done = (error: unknown, user?: User) => void;

/** A passport strategy that hands the whole request to `verify`, as the headers of a load balancer need. */
class RequestStrategy extends passport.Strategy {
  constructor(private readonly verify: (request: ClaimsRequest, done: Done) => void) {
    super();
  }

  override authenticate(request: object): void {
    this.verify(request, (error, user) => {
      if (user) this.success(user);
      else this.error(error);
    });
  }
}

/** Passport strategy `alb`: the headers that an Application Load Balancer adds. */
@Injectable()
export class AlbStrategy extends PassportStrategy(RequestStrategy, 'alb') {
  constructor(@Inject(CLAIMS_VERIFIER) private readonly verifier: ClaimsVerifier) {
    super();
  }

  validate(request: ClaimsRequest): Promise<User> {
    return this.verifier.verifyAlb(rawHeadersOf(request));
  }
}
