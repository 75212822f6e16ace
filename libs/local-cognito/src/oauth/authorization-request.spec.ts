import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readUserPool } from '../settings/read-user-pool.ts';
import { cognitoStackJson } from '../testdata/stack.ts';
import { authorizeQuery, callback } from '../testdata/running-pool.ts';
import { callbackLocation, decideAuthorization } from './authorization-request.ts';

const settings = readUserPool(cognitoStackJson());
const decide = (changes: Record<string, string | undefined>): ReturnType<typeof decideAuthorization> =>
  decideAuthorization(authorizeQuery(changes), settings);

describe('decideAuthorization', () => {
  it('accepts what an ALB sends', () => {
    expect(decide({ scope: 'openid%20email' })).toEqual({
      kind: 'accepted',
      request: {
        client: settings.clients[0],
        redirectUri: callback,
        scopes: ['openid', 'email'],
        rawState: 'c3RhdGU%3D',
        nonce: undefined,
        codeChallenge: undefined,
      },
    });
  });

  it('takes all scopes of the client when none is asked for', () => {
    expect(decide({ scope: undefined })).toMatchObject({ request: { scopes: ['openid', 'email', 'profile'] } });
  });

  it.each([
    [{ client_id: undefined }, 'unauthorized_client'],
    [{ client_id: 'other' }, 'unauthorized_client'],
    [{ client_id: 'albclient&client_id=albclient' }, 'unauthorized_client'],
    [{ redirect_uri: undefined }, 'redirect_mismatch'],
    [{ redirect_uri: `${callback}&redirect_uri=https://evil.example` }, 'redirect_mismatch'],
    [{ redirect_uri: `${callback}/` }, 'redirect_mismatch'],
    [{ redirect_uri: `${callback}%3Fx` }, 'redirect_mismatch'],
    [{ redirect_uri: callback.toUpperCase() }, 'redirect_mismatch'],
    [{ redirect_uri: 'https://app.localhost:8443/oauth2/' }, 'redirect_mismatch'],
    [{ redirect_uri: 'https://app.localhost:8443@evil.example/oauth2/idpresponse' }, 'redirect_mismatch'],
    [{ redirect_uri: '' }, 'redirect_mismatch'],
  ])('keeps the browser here for %j', (changes, error) => {
    expect(decide(changes)).toMatchObject({ kind: 'refused', error });
  });

  it.each([
    [{ response_type: undefined }, 'invalid_request'],
    [{ response_type: 'id_token' }, 'invalid_request'],
    [{ response_type: 'code%20token' }, 'invalid_request'],
    [{ response_type: 'token' }, 'unauthorized_client'],
    [{ scope: 'openid%20admin' }, 'invalid_scope'],
    [{ scope: 'aws.cognito.signin.user.admin' }, 'invalid_scope'],
    [{ scope: '%20' }, 'invalid_scope'],
    [{ nonce: 'a&nonce=b' }, 'invalid_request'],
    [{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }, 'invalid_request'],
    [{ code_challenge_method: 'S256' }, 'invalid_request'],
    [{ code_challenge: 'x', code_challenge_method: 'S256' }, 'invalid_request'],
    [
      { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'plain' },
      'invalid_request',
    ],
  ])('tells the application about %j', (changes, error) => {
    expect(decide(changes)).toMatchObject({
      kind: 'returned',
      location: `${callback}?error=${error}&state=c3RhdGU%3D`,
    });
  });

  it('offers no code to a client for which the flow is off', () => {
    const off = readUserPool(cognitoStackJson({ client: { allowed_oauth_flows_user_pool_client: false } }));
    expect(decideAuthorization(authorizeQuery(), off)).toMatchObject({
      kind: 'returned',
      location: `${callback}?error=unauthorized_client&state=c3RhdGU%3D`,
    });
  });

  it('never redirects anywhere but to a callback of the client', () => {
    const parameter = fc.constantFrom('client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'nonce');
    const value = fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('albclient', 'code', 'openid', callback));
    fc.assert(
      fc.property(fc.array(fc.tuple(parameter, value)), (pairs) => {
        const query = pairs.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join('&');
        const decision = decideAuthorization(query, settings);
        if (decision.kind === 'returned') return decision.location.startsWith(`${callback}?error=`);
        return decision.kind === 'refused' || decision.request.redirectUri === callback;
      }),
    );
  });
});

describe('callbackLocation', () => {
  const located = (state: string): string => {
    const decision = decideAuthorization(authorizeQuery({ state }), settings);
    return decision.kind === 'accepted' ? callbackLocation(decision.request, 'the-code') : decision.kind;
  };

  it('echoes state as the bytes that came', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const base64 = Buffer.from(bytes).toString('base64');
        const raw = encodeURIComponent(base64);
        const location = located(raw);
        expect(location).toBe(`${callback}?code=the-code&state=${raw}`);
        expect(new URL(location).searchParams.get('state')).toBe(base64);
      }),
    );
  });

  it('encodes afresh what cannot stand in a URL', () => {
    expect(located('a"<b')).toBe(`${callback}?code=the-code&state=a%22%3Cb`);
  });
});
