import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { readUserPool } from './settings/read-user-pool.ts';
import { SigningKey } from './state/signing-key.ts';
import { apiSettings, startApi } from './testdata/api.ts';
import { send } from './testdata/browser.ts';
import { freshStateFolder } from './testdata/folder.ts';
import { ada, callback, payloadOf, RunningPool } from './testdata/running-pool.ts';
import { cognitoStackJson } from './testdata/stack.ts';

let running: RunningPool;
beforeAll(async () => {
  running = await startApi();
});

async function json(url: string): Promise<Record<string, unknown>> {
  return JSON.parse((await send(url, { ca: running.ca })).body) as Record<string, unknown>;
}

/** openid-client, told by the discovery document alone. Only its way to the socket is replaced, for the certificate. */
async function relyingParty(clientId: string, how?: client.ClientAuth): Promise<client.Configuration> {
  const discovered = await json(running.pool.jwksUrl.replace('jwks.json', 'openid-configuration'));
  const secret = running.pool.clientSecret(clientId);
  const metadata = discovered as unknown as client.ServerMetadata;
  const configuration = new client.Configuration(metadata, clientId, secret, how);
  client.enableNonRepudiationChecks(configuration);
  configuration[client.customFetch] = async (url, { method, headers, body }) => {
    const form = body instanceof URLSearchParams ? { form: Object.fromEntries(body) } : {};
    const answer = await send(url, { method, headers, ca: running.ca, ...form });
    const type = answer.headers['content-type'];
    const challenge = answer.headers['www-authenticate'];
    return new Response(answer.body, {
      status: answer.status,
      headers: {
        ...(type !== undefined && { 'content-type': type }),
        ...(challenge !== undefined && { 'www-authenticate': challenge }),
      },
    });
  };
  return configuration;
}

async function signIn(configuration: client.Configuration): Promise<{
  readonly tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
  readonly sub: string;
}> {
  const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: 'openid email',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  expect(url.origin).toBe(running.pool.publicUrl);
  const answer = await running.browser().signIn(url.search.slice(1), ada.username, ada.password);
  const tokens = await client.authorizationCodeGrant(configuration, new URL(answer.headers.location ?? ''), {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  return { tokens, sub: tokens.claims()?.sub ?? '' };
}

describe('openid-client', () => {
  it.each([
    ['basic', client.ClientSecretBasic],
    ['post', client.ClientSecretPost],
  ])('signs in with PKCE and nonce, reads userInfo, refreshes and revokes: %s', async (_, how) => {
    const configuration = await relyingParty('albclient', how());
    const { tokens, sub } = await signIn(configuration);
    expect(tokens.claims()).toMatchObject({ email: 'ada@example.com', 'cognito:username': 'ada' });
    const info = await client.fetchUserInfo(configuration, tokens.access_token, sub);
    expect(info).toMatchObject({ sub, email_verified: 'true', username: 'ada' });
    const refreshed = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    expect(refreshed.refresh_token).toBeUndefined();
    expect(refreshed.claims()?.sub).toBe(sub);
    await client.tokenRevocation(configuration, tokens.refresh_token ?? '');
    await expect(client.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await expect(client.fetchUserInfo(configuration, refreshed.access_token, sub)).rejects.toThrow();
  });

  it('gets tokens for a program: all of its scopes, or those it asks for', async () => {
    const configuration = await relyingParty('jobs');
    const all = await client.clientCredentialsGrant(configuration);
    expect(payloadOf(all.access_token)).toMatchObject({
      sub: 'jobs',
      client_id: 'jobs',
      token_use: 'access',
      scope: 'https://orders.example/read https://orders.example/write',
    });
    expect([all.expires_in, all.refresh_token, all.id_token]).toEqual([3600, undefined, undefined]);
    const one = await client.clientCredentialsGrant(configuration, { scope: 'https://orders.example/read' });
    expect(payloadOf(one.access_token)['scope']).toBe('https://orders.example/read');
    for (const scope of ['openid', 'https://orders.example/delete', 'https://orders.example/read openid']) {
      await expect(client.clientCredentialsGrant(configuration, { scope })).rejects.toMatchObject({
        error: 'invalid_scope',
      });
    }
    expect((await running.userInfo(all.access_token)).status).toBe(401);
  });

  it('gets nothing for a program without its secret, or for a client that is none', async () => {
    const wrong = await relyingParty('jobs', client.ClientSecretBasic('wrong'));
    await expect(client.clientCredentialsGrant(wrong)).rejects.toMatchObject({ error: 'invalid_client' });
    const alb = await relyingParty('albclient');
    await expect(client.clientCredentialsGrant(alb)).rejects.toMatchObject({ error: 'unauthorized_client' });
  });
});

describe("aws-jwt-verify's CognitoJwtVerifier", () => {
  const userPoolId = 'us-east-1_GateHouse';

  it('accepts the tokens, as what they are', async () => {
    const tokens = await running.tokens();
    const jwks = (await json(running.pool.jwksUrl)) as unknown as Parameters<
      ReturnType<typeof verifierOf>['cacheJwks']
    >[0];
    const [access, id] = [verifierOf('access'), verifierOf('id')];
    access.cacheJwks(jwks);
    id.cacheJwks(jwks);
    expect(await access.verify(tokens.access_token)).toMatchObject({ username: 'ada', token_use: 'access' });
    expect(await id.verify(tokens.id_token)).toMatchObject({ 'cognito:username': 'ada', token_use: 'id' });
    await expect(id.verify(tokens.access_token)).rejects.toThrow();
    await expect(access.verify(tokens.id_token)).rejects.toThrow();
  });

  it("rejects another pool's, and those of another key", async () => {
    const jwks = await json(running.pool.jwksUrl);
    const verifier = verifierOf('access');
    verifier.cacheJwks(jwks as unknown as Parameters<typeof verifier.cacheJwks>[0]);
    const other = await RunningPool.start(
      readUserPool(
        cognitoStackJson({ pool: { id: 'us-east-1_Another' }, client: { user_pool_id: 'us-east-1_Another' } }),
      ),
    );
    try {
      // Of the same key even: the issuer is what tells them apart.
      const { access_token: token } = await other.tokens();
      await expect(verifier.verify(token)).rejects.toThrow(/[Ii]ssuer/);
    } finally {
      await other.close();
    }
    const forger = await SigningKey.load(await freshStateFolder());
    const forged = forger.sign(payloadOf((await running.tokens()).access_token));
    await expect(verifier.verify(forged)).rejects.toThrow();
  });

  function verifierOf(tokenUse: 'access' | 'id') {
    return CognitoJwtVerifier.create({ userPoolId, tokenUse, clientId: 'albclient' });
  }
});

it('a client that may not revoke is told so at the endpoint', async () => {
  const settings = apiSettings();
  const changed = settings.clients.map((app) => (app.id === 'albclient' ? { ...app, revocationAllowed: false } : app));
  const { refresh_token: token } = await running.tokens();
  await running.pool.update({ ...settings, clients: changed });
  const secret = running.pool.clientSecret('albclient');
  const authorization = `Basic ${Buffer.from(`albclient:${secret}`).toString('base64')}`;
  const answer = await send(running.pool.endpoints.revocation, {
    method: 'POST',
    form: { token },
    headers: { authorization },
    ca: running.ca,
  });
  expect([answer.status, answer.body]).toEqual([400, '{"error":"invalid_request"}']);
  expect((await running.refresh(token)).status).toBe(200);
});
