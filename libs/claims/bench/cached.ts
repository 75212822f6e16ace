import { createPublicKey, type JsonWebKey } from 'node:crypto';

import { createVerifier } from 'fast-jwt';

import { type RawHeaders } from '../src/alb-headers.ts';
import { SETTINGS } from '../src/testdata/world.ts';
import { createClaimsVerifier } from '../src/verifier.ts';
import { type Contender } from './rounds.ts';
import { browserRequest, fresh, login, sampleUser } from './requests.ts';
import { type Comparison } from './table.ts';

const SUBJECT = '@gatehouse/claims, verifyAlb';
const PEER = 'fast-jwt, cache';

/**
 * What a request costs whose tokens were verified before, of so many users in turn. Every string is new to the
 * verifier, as in a server: a string that was looked up before has its hash with it, and flatters a cache.
 */
export function cached(users: number): Comparison {
  const identities = Array.from({ length: users }, (_, index) => login.headersOf(sampleUser(index)));
  return {
    subject: SUBJECT,
    contenders: [
      claims(SUBJECT, 'three headers: two tokens', identities),
      claims(`${SUBJECT}, of a browser`, '19 headers: two tokens', identities.map(browserRequest)),
      fastJwt(PEER, 'one token', identities.map(accessToken)),
      fastJwt(`${PEER}, twice`, 'two tokens', identities.map(twice)),
    ],
    limits: [{ peer: PEER, atLeast: 1 }],
  };
}

function accessToken(identity: RawHeaders): readonly string[] {
  return [identity[identity.indexOf('x-amzn-oidc-accesstoken') + 1] ?? ''];
}

function twice(identity: RawHeaders): readonly string[] {
  return [...accessToken(identity), ...accessToken(identity)];
}

function claims(name: string, note: string, requests: readonly RawHeaders[]): Contender {
  const verifier = createClaimsVerifier(SETTINGS, { fetch: login.fetch });
  const copies = inTurn(requests);
  const prepare: Contender['prepare'] = (times) => {
    const work = copies(times);
    return async () => {
      for (const request of work) await verifier.verifyAlb(request);
    };
  };
  return { name, note, prepare, warmUp: async () => prepare(requests.length)() };
}

function fastJwt(name: string, note: string, requests: readonly (readonly string[])[]): Contender {
  const { keys } = JSON.parse(login.pool.jwks()) as { keys: [JsonWebKey] };
  const key = createPublicKey({ key: keys[0], format: 'jwk' }).export({ format: 'pem', type: 'spki' });
  const verifier = createVerifier({ key, algorithms: ['RS256'], allowedIss: SETTINGS.issuer, cache: requests.length });
  const copies = inTurn(requests);
  const prepare: Contender['prepare'] = (times) => {
    const work = copies(times);
    return () => {
      for (const tokens of work) for (const token of tokens) verifier(token);
    };
  };
  return { name, note, prepare, warmUp: async () => prepare(requests.length)() };
}

/** Requests of all users in turn, call after call, every string of its own memory. */
function inTurn(requests: readonly (readonly string[])[]): (times: number) => readonly (readonly string[])[] {
  let next = 0;
  return (times) => {
    const made = Array.from({ length: times }, () => (requests[next++ % requests.length] ?? []).map(fresh));
    // Not to be moved about while the clock runs.
    globalThis.gc?.({ type: 'minor' });
    return made;
  };
}
