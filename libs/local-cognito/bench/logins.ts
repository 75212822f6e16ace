import { Agent } from 'node:https';
import { AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { Browser, send } from '../src/testdata/browser.ts';
import { type BenchPool, nameOf, seedPassword, startBenchPool } from './bench-pool.ts';
import { type Figure } from './figure.ts';

const people = 64;
const browsers = 8;
const password = 'a password that is hashed';
const callback = 'https://app.localhost:8443/oauth2/idpresponse';
const query = `client_id=albclient&redirect_uri=${encodeURIComponent(callback)}&response_type=code&scope=openid&state=x`;

/**
 * Whole logins: authorize, the login page, its form, and the code for tokens, over TLS connections of their own as
 * browsers make them. Load and pool share the machine.
 */
export async function measureLogins(seconds: number): Promise<readonly Figure[]> {
  const running = await startBenchPool(people);
  try {
    const hashed = await rate(running, await replacePasswords(running), seconds);
    return [
      {
        name: 'logins a minute, Argon2id, through the pages to the tokens',
        value: hashed,
        unit: '/min',
        limit: { kind: 'at least', value: 500 },
      },
    ];
  } finally {
    await running.close();
  }
}

/** Gives everybody a password that is in the state folder, hashed, and no longer in the seed file alone. */
async function replacePasswords({ pool, ca }: BenchPool): Promise<string> {
  const client = new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: pool.apiUrl,
    credentials: pool.administrator,
    requestHandler: { httpsAgent: new Agent({ ca }) },
  });
  const UserPoolId = 'us-east-1_GateHouse';
  for (let number = 0; number < people; number++) {
    const Username = nameOf(number);
    await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }));
  }
  client.destroy();
  return password;
}

async function rate(running: BenchPool, typed: string, seconds: number): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  let next = 0;
  await Promise.all(
    Array.from({ length: browsers }, async () => {
      while (performance.now() < end) {
        await logIn(running, nameOf(next++ % people), typed);
        done++;
      }
    }),
  );
  return (done / (performance.now() - start)) * 60_000;
}

async function logIn({ pool, ca }: BenchPool, username: string, typed: string): Promise<void> {
  const answer = await new Browser(pool.publicUrl, ca).signIn(query, username, typed);
  const code = new URL(answer.headers.location ?? 'about:blank').searchParams.get('code');
  if (code === null) throw new Error(`${username} was not let in (${answer.status}): the figure would mean nothing`);
  const authorization = `Basic ${Buffer.from(`albclient:${pool.clientSecret('albclient')}`).toString('base64')}`;
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback };
  const tokens = await send(pool.endpoints.token, { method: 'POST', form, headers: { authorization }, ca });
  if (tokens.status !== 200 || typed === seedPassword) throw new Error('no tokens: the figure would mean nothing');
}
