import { type JwkWithKid } from 'aws-jwt-verify/jwk';
import { type DecomposedJwt } from 'aws-jwt-verify/jwt';
import { type JwtPayload } from 'aws-jwt-verify/jwt-model';
import { JwtVerifierBase, type JwtVerifierProperties } from 'aws-jwt-verify/jwt-verifier';
import { type UnverifiedToken } from './token.ts';

/** What aws-jwt-verify is to check besides the signature. */
export interface Expectations extends Record<string, unknown> {
  readonly issuer: string;
  /** None of the tokens here has one. */
  readonly audience: null;
  readonly graceSeconds: number;
}

/**
 * aws-jwt-verify for one key. Its `verifyJwtSync` would parse a token a second time, which costs a tenth of the whole
 * verification; its verifiers, which take a token that was parsed, open that way to those who extend them.
 */
export class SignatureVerifier extends JwtVerifierBase<Expectations, JwtVerifierProperties<Expectations>, false> {
  constructor(jwk: JwkWithKid) {
    const never = (): never => {
      throw new Error('keys are not fetched here');
    };
    super(
      // Both unused: what is expected comes with each token, and nothing is fetched.
      { issuer: '', jwksUri: 'https://localhost' },
      { getCachedJwk: () => jwk, getJwk: never, getJwks: never, addJwks: never },
    );
  }

  /** @throws {Error} of aws-jwt-verify, whose messages quote the token */
  verifyRead(token: UnverifiedToken, expectations: Expectations): JwtPayload {
    return this.verifyDecomposedJwtSync(token as DecomposedJwt, '', expectations);
  }
}
