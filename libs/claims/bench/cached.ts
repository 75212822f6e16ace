import { createPublicKey, type JsonWebKey } from 'node:crypto';

import { createVerifier } from 'fast-jwt';

import { type RawHeaders } from '../src/alb-headers.ts';
import { SETTINGS } from '../src/testdata/world.ts';
import { createClaimsVerifier } from '../src/verifier.ts';
import { type Contender } from './rounds.ts';
import { browserRequest, fresh, login, sampleUser } from './requests.ts';
import { type Comparison } from './table.ts';

const USERS = 200;
const SUBJECT = '@gatehouse/claims, verifyAlb';
const PEER = 'fast-jwt, cache, one token';

/**
 * What a request costs whose tokens were verified before, of many users in turn. Every string is new to the verifier,
 * as in a server: a string that was looked up before has its hash with it, and flatters a cache.
 */
export function cached(): Comparison {
  const identities = Array.from({ length: USERS }, (_, index) => login.headersOf(sampleUser(index)));
  const accessTokens = identities.map((identity) => identity[identity.indexOf('x-amzn-oidc-accesstoken') + 1] ?? '');
  return {
    subject: SUBJECT,
    contenders: [
      claims(SUBJECT, 'three headers, so two tokens', identities),
      claims(`${SUBJECT}, of a browser`, 'the 19 headers of a request', identities.map(browserRequest)),
      fastJwt(
        PEER,
        'the access token',
        accessTokens.map((token) => [token]),
      ),
      fastJwt(
        'fast-jwt, cache, both tokens',
        'the access token, twice',
        accessTokens.map((token) => [token, token]),
      ),
    ],
    limits: [{ peer: PEER, atLeast: 1 }],
  };
}

function claims(name: string, note: string, requests: readonly RawHeaders[]): Contender {
  const verifier = createClaimsVerifier(SETTINGS, { fetch: login.fetch });
  const prepare: Contender['prepare'] = (times) => {
    const work = copies(requests, times);
    return async () => {
      for (const request of work) await verifier.verifyAlb(request);
    };
  };
  return { name, note, prepare };
}

function fastJwt(name: string, note: string, requests: readonly (readonly string[])[]): Contender {
  const { keys } = JSON.parse(login.pool.jwks()) as { keys: [JsonWebKey] };
  const key = createPublicKey({ key: keys[0], format: 'jwk' }).export({ format: 'pem', type: 'spki' });
  const verifier = createVerifier({ key, algorithms: ['RS256'], allowedIss: SETTINGS.issuer, cache: USERS });
  const prepare: Contender['prepare'] = (times) => {
    const work = copies(requests, times);
    return () => {
      for (const tokens of work) for (const token of tokens) verifier(token);
    };
  };
  return { name, note, prepare };
}

/** Requests in turn, every string of its own memory. */
function copies(requests: readonly (readonly string[])[], times: number): readonly (readonly string[])[] {
  const made = Array.from({ length: times }, (_, index) => (requests[index % requests.length] ?? []).map(fresh));
  // Not to be collected while the clock runs.
  globalThis.gc?.();
  return made;
}
