import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { JwtRsaVerifier, CognitoJwtVerifier } from 'aws-jwt-verify';
import { type JwksCache } from 'aws-jwt-verify/jwk';
import { leftHalfHash } from './tokens.ts';
import { readUserPool } from '../settings/read-user-pool.ts';
import { send } from '../testdata/browser.ts';
import { ada, authorizeQuery, bob, callback, payloadOf, RunningPool, type Tokens } from '../testdata/running-pool.ts';
import { cognitoStackJson } from '../testdata/stack.ts';

/** The endpoints that servers ask, over HTTPS, as an ALB asks them. */
describe('tokens', () => {
  let running: RunningPool;
  let keys: Parameters<JwksCache['addJwks']>[1];
  beforeAll(async () => {
    running = await RunningPool.start();
    keys = JSON.parse((await send(running.pool.jwksUrl, { ca: running.ca })).body) as typeof keys;
  });
  afterAll(() => running.close());
  beforeEach(() => {
    running.ahead = 0;
  });

  it('come for a code, in Cognito’s shape', async () => {
    const answer = await running.redeem(await running.code());
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(JSON.parse(answer.body)).toEqual({
      id_token: expect.any(String),
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: 900,
      token_type: 'Bearer',
    });
  });

  it('say what Cognito’s say', async () => {
    const { access_token, id_token } = await running.tokens(
      ada,
      authorizeQuery({ scope: 'openid%20email', nonce: 'n1' }),
    );
    const access = payloadOf(access_token);
    const id = payloadOf(id_token);
    expect(access).toMatchObject({
      iss: running.pool.issuer,
      token_use: 'access',
      version: 2,
      client_id: 'albclient',
      username: 'ada',
      'cognito:groups': ['users', 'admins'],
      scope: 'openid email',
    });
    expect(access).not.toHaveProperty('aud');
    expect(id).toMatchObject({
      iss: running.pool.issuer,
      token_use: 'id',
      aud: 'albclient',
      'cognito:username': 'ada',
      email: 'ada@example.com',
      email_verified: true,
      nonce: 'n1',
      at_hash: leftHalfHash(access_token),
      sub: access['sub'],
      origin_jti: access['origin_jti'],
      auth_time: access['auth_time'],
    });
    expect(id).not.toHaveProperty('name');
    expect(Number(access['exp']) - Number(access['iat'])).toBe(900);
    expect(Number(id['exp']) - Number(id['iat'])).toBe(1200);
    expect(access['jti']).not.toBe(id['jti']);
  });

  it('are accepted by aws-jwt-verify, and by no verifier of another pool, client or use', async () => {
    const { access_token, id_token } = await running.tokens();
    const properties = { userPoolId: 'us-east-1_GateHouse', clientId: 'albclient', tokenUse: 'access' } as const;
    const cognito = (changes: Partial<Record<'userPoolId' | 'clientId' | 'groups', string>>): Promise<unknown> => {
      const verifier = CognitoJwtVerifier.create({ ...properties, ...changes });
      verifier.cacheJwks(keys);
      return verifier.verify(access_token);
    };
    await expect(cognito({ groups: 'admins' })).resolves.toMatchObject({ username: 'ada' });
    await expect(cognito({ groups: 'others' })).rejects.toThrow();
    await expect(cognito({ clientId: 'other' })).rejects.toThrow();
    await expect(cognito({ userPoolId: 'us-east-1_Other' })).rejects.toThrow();

    const rsa = JwtRsaVerifier.create({
      issuer: running.pool.issuer,
      audience: 'albclient',
      jwksUri: running.pool.jwksUrl,
    });
    rsa.cacheJwks(keys);
    await expect(rsa.verify(id_token)).resolves.toMatchObject({ email: 'ada@example.com' });
    await expect(rsa.verify(access_token)).rejects.toThrow();
    const asAccess = CognitoJwtVerifier.create(properties);
    asAccess.cacheJwks(keys);
    await expect(asAccess.verify(id_token)).rejects.toThrow();
  });

  it('publishes the public key alone', async () => {
    const { headers } = await send(running.pool.jwksUrl, { ca: running.ca });
    expect(headers['content-type']).toMatch(/json/);
    expect(keys.keys).toEqual([
      { kty: 'RSA', alg: 'RS256', use: 'sig', e: 'AQAB', kid: expect.any(String), n: expect.any(String) },
    ]);
  });

  it('are described by a discovery document', async () => {
    const url = running.pool.jwksUrl.replace('jwks.json', 'openid-configuration');
    expect(JSON.parse((await send(url, { ca: running.ca })).body)).toMatchObject({
      issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_GateHouse',
      jwks_uri: running.pool.jwksUrl,
      token_endpoint: running.pool.endpoints.token,
      authorization_endpoint: running.pool.endpoints.authorization,
    });
  });

  describe('a code', () => {
    it('is good once, and its second use ends what the first one gave', async () => {
      const code = await running.code();
      const tokens = JSON.parse((await running.redeem(code)).body) as Tokens;
      expect(await running.redeem(code)).toMatchObject({ status: 400, body: '{"error":"invalid_grant"}' });
      expect((await running.userInfo(tokens.access_token)).status).toBe(401);
      expect((await running.refresh(tokens.refresh_token)).status).toBe(400);
    });

    it('is good once when two bring it at the same time', async () => {
      const code = await running.code();
      const statuses = (await Promise.all(Array.from({ length: 5 }, () => running.redeem(code)))).map(
        ({ status }) => status,
      );
      expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
    });

    it.each([
      [299, 200],
      [301, 400],
    ])('after %d seconds answers %d', async (seconds, status) => {
      const code = await running.code();
      running.ahead = seconds;
      expect((await running.redeem(code)).status).toBe(status);
    });

    it('is good for its own callback only', async () => {
      const form = { grant_type: 'authorization_code', code: await running.code() };
      const wrong = await running.token({ ...form, redirect_uri: `${callback}/` });
      expect(wrong).toMatchObject({ status: 400, body: '{"error":"invalid_grant"}' });
      expect((await running.token(form)).status).toBe(400);
    });

    it('with a challenge needs its verifier', async () => {
      const verifier = 'a-verifier-of-at-least-forty-three-characters-x';
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const query = authorizeQuery({ code_challenge: challenge, code_challenge_method: 'S256' });
      const form = { grant_type: 'authorization_code', redirect_uri: callback };
      expect((await running.token({ ...form, code: await running.code(ada, query) })).status).toBe(400);
      const wrong = { ...form, code: await running.code(ada, query), code_verifier: verifier.replace('x', 'y') };
      expect((await running.token(wrong)).status).toBe(400);
      const right = { ...form, code: await running.code(ada, query), code_verifier: verifier };
      expect((await running.token(right)).status).toBe(200);
    });
  });

  describe('the client', () => {
    it('may send its secret in the body', async () => {
      const form = {
        grant_type: 'authorization_code',
        code: await running.code(),
        redirect_uri: callback,
        client_id: 'albclient',
        client_secret: running.pool.clientSecret('albclient'),
      };
      expect((await send(running.pool.endpoints.token, { method: 'POST', form, ca: running.ca })).status).toBe(200);
    });

    it.each([
      ['a wrong secret', { client_id: 'albclient', client_secret: 'wrong' }],
      ['no secret', { client_id: 'albclient' }],
      ['an unknown id', { client_id: 'other', client_secret: 'wrong' }],
    ])('is refused with %s, and the code stays good', async (_, credentials) => {
      const form = { grant_type: 'authorization_code', code: await running.code(), redirect_uri: callback };
      const answer = await send(running.pool.endpoints.token, {
        method: 'POST',
        form: { ...form, ...credentials },
        ca: running.ca,
      });
      expect(answer).toMatchObject({ status: 400, body: '{"error":"invalid_client"}' });
      expect(answer.headers['www-authenticate']).toBeUndefined();
      expect((await running.token(form)).status).toBe(200);
    });

    it.each([
      [{ grant_type: 'password', username: 'ada', password: ada.password }, 'unsupported_grant_type'],
      [{ grant_type: 'client_credentials' }, 'unauthorized_client'],
      [{ grant_type: 'password' }, 'unsupported_grant_type'],
      [{}, 'invalid_request'],
      [{ grant_type: 'authorization_code', redirect_uri: callback }, 'invalid_request'],
      [{ grant_type: 'authorization_code', redirect_uri: callback, code: 'x' }, 'invalid_grant'],
      [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
    ])('asking %j is told %s', async (form, error) => {
      expect(await running.token(form)).toMatchObject({ status: 400, body: JSON.stringify({ error }) });
    });

    it('gets no answer to GET', async () => {
      const answer = await send(running.pool.endpoints.token, { ca: running.ca });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST, OPTIONS']);
    });
  });

  describe('a refresh token', () => {
    it('gives new tokens of the same sign-in, and no new refresh token', async () => {
      const first = await running.tokens();
      running.ahead = 1000;
      const answer = await running.refresh(first.refresh_token);
      expect(answer.status).toBe(200);
      const second = JSON.parse(answer.body) as Tokens;
      expect(second).toEqual({
        id_token: expect.any(String),
        access_token: expect.any(String),
        expires_in: 900,
        token_type: 'Bearer',
      });
      const [before, after] = [payloadOf(first.access_token), payloadOf(second.access_token)];
      expect(after).toMatchObject({
        sub: before['sub'],
        auth_time: before['auth_time'],
        origin_jti: before['origin_jti'],
        'cognito:groups': ['users', 'admins'],
      });
      expect(after['jti']).not.toBe(before['jti']);
      expect(Number(after['iat']) - Number(before['iat'])).toBeGreaterThanOrEqual(1000);
      expect((await running.refresh(first.refresh_token)).status).toBe(200);
    });

    it('ends when the settings say', async () => {
      const { refresh_token } = await running.tokens();
      running.ahead = 3601;
      expect(await running.refresh(refresh_token)).toMatchObject({ status: 400, body: '{"error":"invalid_grant"}' });
    });

    it('can be revoked, with the access tokens that came with it', async () => {
      const { refresh_token, access_token } = await running.tokens();
      const revoke = (secret: string, token: string): ReturnType<typeof send> =>
        send(running.pool.endpoints.revocation, {
          method: 'POST',
          form: { token, client_id: 'albclient', client_secret: secret },
          ca: running.ca,
        });
      expect(await revoke('wrong', refresh_token)).toMatchObject({ status: 401, body: '{"error":"invalid_client"}' });
      expect((await running.refresh(refresh_token)).status).toBe(200);

      const secret = running.pool.clientSecret('albclient');
      expect(await revoke(secret, access_token)).toMatchObject({
        status: 400,
        body: '{"error":"unsupported_token_type"}',
      });
      expect(await revoke(secret, refresh_token)).toMatchObject({ status: 200, body: '' });
      expect((await running.refresh(refresh_token)).status).toBe(400);
      expect((await running.userInfo(access_token)).status).toBe(401);
    });
  });

  describe('userInfo', () => {
    it('tells the attributes as strings, and no groups', async () => {
      const { access_token } = await running.tokens(bob);
      const answer = await running.userInfo(access_token);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(JSON.parse(answer.body)).toEqual({
        sub: payloadOf(access_token)['sub'],
        email_verified: 'false',
        email: 'bob@example.com',
        username: 'bob',
      });
    });

    it('answers POST', async () => {
      const { access_token } = await running.tokens();
      const headers = { authorization: `Bearer ${access_token}` };
      const answer = await send(running.pool.endpoints.userInfo, { method: 'POST', headers, ca: running.ca });
      expect(JSON.parse(answer.body)).toMatchObject({ username: 'ada', name: 'Ada Lovelace', email_verified: 'true' });
    });

    it('refuses a token that is expired, altered, of another kind or none', async () => {
      const { access_token, id_token, refresh_token } = await running.tokens();
      const [header = '', , signature = ''] = access_token.split('.');
      const forged = Buffer.from(JSON.stringify({ ...payloadOf(access_token), sub: 'eve' })).toString('base64url');
      for (const token of [
        id_token,
        refresh_token,
        `${header}.${forged}.${signature}`,
        'x',
        payloadOf(access_token)['jti'],
      ]) {
        expect((await running.userInfo(String(token))).status).toBe(401);
      }
      expect((await send(running.pool.endpoints.userInfo, { ca: running.ca })).status).toBe(400);
      expect((await running.userInfo(access_token)).status).toBe(200);
      running.ahead = 901;
      const expired = await running.userInfo(access_token);
      expect(expired.status).toBe(401);
      expect(expired.headers['www-authenticate']).toBe(
        'error="invalid_token", error_description="Access token is expired, disabled, or deleted, or the user has ' +
          'globally signed out."',
      );
    });

    it('needs the scope openid', async () => {
      const { access_token } = await running.tokens(ada, authorizeQuery({ scope: 'email' }));
      expect((await running.userInfo(access_token)).status).toBe(401);
    });
  });

  it('without the scope openid there is no ID token', async () => {
    expect(await running.tokens(ada, authorizeQuery({ scope: 'email' }))).not.toHaveProperty('id_token');
  });

  it('a client that may not refresh is told so', async () => {
    const settings = readUserPool(cognitoStackJson({ client: { explicit_auth_flows: ['ALLOW_USER_SRP_AUTH'] } }));
    const other = await RunningPool.start(settings);
    try {
      const { refresh_token } = await other.tokens();
      expect(await other.refresh(refresh_token)).toMatchObject({
        status: 400,
        body: '{"error":"unauthorized_client"}',
      });
    } finally {
      await other.close();
    }
  });
});
