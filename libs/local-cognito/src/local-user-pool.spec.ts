import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type LocalUserPool, type LocalUserPoolOptions, startLocalUserPool } from './local-user-pool.ts';
import { readUserPool } from './settings/read-user-pool.ts';
import { testCertificate } from './testdata/certificate.ts';
import { send } from './testdata/browser.ts';
import { temporaryFolder } from './testdata/folder.ts';
import { ada, authorizeQuery, codeOf, payloadOf, RunningPool, type Tokens } from './testdata/running-pool.ts';
import { cognitoStackJson } from './testdata/stack.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Settings, an empty pool of users and a state folder of its own. */
async function emptyPool(): Promise<Omit<LocalUserPoolOptions, 'port'>> {
  const folder = await temporaryFolder();
  const usersFile = join(folder, 'users.json');
  await writeFile(usersFile, '{"users":[]}');
  const settings = readUserPool(cognitoStackJson());
  return { settings, usersFile, stateFolder: join(folder, 'state'), tls: await testCertificate() };
}

async function start(): Promise<RunningPool> {
  const running = await RunningPool.start();
  closing.push(() => running.close());
  return running;
}

describe('startLocalUserPool', () => {
  it('says where it is', async () => {
    const { pool } = await start();
    const server = `https://localhost:${pool.port}`;
    expect(pool).toMatchObject({
      issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_GateHouse',
      jwksUrl: `${server}/us-east-1_GateHouse/.well-known/jwks.json`,
      endpoints: {
        authorization: `${pool.publicUrl}/oauth2/authorize`,
        logout: `${pool.publicUrl}/logout`,
        token: `${server}/oauth2/token`,
        userInfo: `${server}/oauth2/userInfo`,
        revocation: `${server}/oauth2/revoke`,
      },
    });
  });

  it('writes nothing to the console', async () => {
    const spies = (['log', 'info', 'warn', 'error'] as const).map((name) =>
      jest.spyOn(console, name).mockImplementation(() => undefined),
    );
    const running = await start();
    await running.userInfo((await running.tokens()).access_token);
    await running.token({ grant_type: 'nonsense' });
    expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
    spies.forEach((spy) => spy.mockRestore());
  });

  it('knows its key and secrets again after a restart', async () => {
    const options = { ...(await emptyPool()), port: 0 };
    const keys: unknown[] = [];
    const secrets: string[] = [];
    for (let round = 0; round < 2; round++) {
      const pool: LocalUserPool = await startLocalUserPool(options);
      secrets.push(pool.clientSecret('albclient'));
      keys.push(JSON.parse((await send(pool.jwksUrl, { ca: options.tls.cert })).body));
      await pool.close();
    }
    expect(secrets[0]).toBe(secrets[1]);
    expect(keys[0]).toEqual(keys[1]);
  });

  it('names the port that is taken', async () => {
    const { pool } = await start();
    const starting = startLocalUserPool({ ...(await emptyPool()), port: pool.port });
    await expect(starting).rejects.toThrow(expect.objectContaining({ code: 'PORT_UNAVAILABLE' }));
    await expect(starting).rejects.toThrow(`127.0.0.1:${pool.port}`);
  });

  it('has no secret for a client that it has not', async () => {
    const { pool } = await start();
    expect(() => pool.clientSecret('other')).toThrow(expect.objectContaining({ code: 'CLIENT_UNKNOWN' }));
    expect(() => pool.clientSecret('other')).toThrow('Clients with a secret: albclient');
  });
});

describe('update', () => {
  it('takes over URLs, lifetimes and groups, and keeps sessions, codes and tokens', async () => {
    const running = await start();
    const browser = running.browser();
    const code = codeOf(await browser.signIn(authorizeQuery(), ada.username, ada.password));
    const before = await running.tokens();
    const elsewhere = 'https://elsewhere.localhost/oauth2/idpresponse';

    const client = { callback_urls: [elsewhere], access_token_validity: 30 };
    await running.pool.update(readUserPool(cognitoStackJson({ client, groups: ['users'] })));

    expect((await running.redeem(code)).status).toBe(200);
    expect((await running.userInfo(before.access_token)).status).toBe(200);
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery()}`)).headers.location).toMatch(/^\/error\?/);
    const silent = await browser.get(`/oauth2/authorize?${authorizeQuery({ redirect_uri: elsewhere })}`);
    expect(silent.headers.location).toMatch(/^https:\/\/elsewhere\.localhost\/oauth2\/idpresponse\?code=/);

    const { access_token } = JSON.parse((await running.refresh(before.refresh_token)).body) as Tokens;
    const claims = payloadOf(access_token);
    expect(claims['cognito:groups']).toEqual(['users']);
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(1800);
  });

  it('gives a new client a secret, and lets one that is gone have no tokens', async () => {
    const running = await start();
    const { refresh_token } = await running.tokens();
    const secret = running.pool.clientSecret('albclient');
    await running.pool.update(readUserPool(cognitoStackJson({ client: { id: 'another' } })));
    expect(running.pool.clientSecret('another')).toMatch(/^[a-z0-9]{52}$/);
    expect(() => running.pool.clientSecret('albclient')).toThrow(expect.objectContaining({ code: 'CLIENT_UNKNOWN' }));
    const refresh = await running.token({ grant_type: 'refresh_token', refresh_token }, secret);
    expect(refresh).toMatchObject({ status: 400, body: '{"error":"invalid_client"}' });
  });

  it('refuses the settings of another pool and goes on with the old ones', async () => {
    const running = await start();
    const other = readUserPool(
      cognitoStackJson({ pool: { id: 'us-east-1_Other' }, client: { user_pool_id: 'us-east-1_Other' } }),
    );
    await expect(running.pool.update(other)).rejects.toThrow(expect.objectContaining({ code: 'POOL_CHANGED' }));
    expect((await running.tokens()).access_token).toBeDefined();
  });
});
