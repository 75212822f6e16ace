import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openAlbKeys } from '../src/alb-keys.ts';
import { readCookies } from '../src/cookies.ts';
import { mintOidcData } from '../src/oidc-data.ts';
import { SealedBox } from '../src/sealed-box.ts';
import { readSession } from '../src/session-cookie.ts';
import { fetchOnce } from '../src/testdata/client.ts';
import { albArn, authenticateAction, httpsListener, loginRule } from '../src/testdata/load-balancer.ts';
import { freePort } from './apache.ts';
import { compiled } from './compiled.ts';
import { type Load, load } from './load.ts';
import { signIn } from './login.ts';
import { type AlbReady, withAlb } from './throughput.ts';

export interface ApplicationOptions {
  readonly rounds: number;
  readonly seconds: number;
}

/** A page that needs a user: asked of the application itself, and through the load balancer; by rounds. */
export interface ApplicationLoads {
  readonly direct: readonly Load[];
  readonly through: readonly Load[];
}

const path = '/api/me';
const patienceMilliseconds = 30_000;

/** The application of this workspace as the target: what it answers directly, and through the load balancer. */
export async function measureApplication({ rounds, seconds }: ApplicationOptions): Promise<ApplicationLoads> {
  const port = await freePort();
  const target = `http://127.0.0.1:${port}`;
  return withAlb(
    httpsListener(loginRule),
    async ({ alb, provider, folder }) => {
      const application = await startApplication(port, provider, alb.ready);
      try {
        const cookie = await signIn(`https://localhost:${alb.ready.port}${path}`);
        const parties = {
          direct: { url: `${target}${path}`, headers: await headersOf(cookie, folder, provider), pid: application.pid },
          through: { url: `https://localhost:${alb.ready.port}${path}`, headers: { cookie }, pid: alb.pid },
        };
        const loads = { direct: [] as Load[], through: [] as Load[] };
        // Uncounted: in their first seconds both do little but compile themselves.
        for (const party of Object.values(parties)) await load({ ...party, connections: 16, seconds });
        for (let round = 0; round < rounds; round++) {
          // In another order each time.
          const turn = round % 2 === 0 ? (['direct', 'through'] as const) : (['through', 'direct'] as const);
          for (const side of turn) loads[side].push(await load({ ...parties[side], connections: 16, seconds }));
        }
        return loads;
      } finally {
        await application.stop();
      }
    },
    target,
  );
}

/** What the load balancer would hand on with the session of the cookie; good for ten minutes, as nobody renews it. */
async function headersOf(cookie: string, folder: string, issuer: string): Promise<Readonly<Record<string, string>>> {
  const keys = await openAlbKeys(join(folder, 'alb'));
  const { sessionCookieName, userPoolClientId: client } = authenticateAction;
  const reading = readSession(new SealedBox(keys.sessionKey), sessionCookieName, readCookies(cookie), Date.now());
  if (reading.state !== 'valid') throw new Error('The login gave no session');
  const { claims, accessToken } = reading.session;
  const expiresAt = Math.floor(Date.now() / 1000) + 600;
  return {
    'x-amzn-oidc-accesstoken': accessToken,
    'x-amzn-oidc-identity': claims.sub,
    'x-amzn-oidc-data': mintOidcData({ claims, issuer, client, signer: albArn, expiresAt }, keys.signingKey),
  };
}

/** In a process of its own, as in production; it is run, not imported, since nothing depends on an application. */
async function startApplication(port: number, provider: string, alb: AlbReady) {
  const root = join(import.meta.dirname, '..', '..', '..');
  await using program = await compiled(join(root, 'apps', 'auth', 'src', 'main.ts'));
  const child = spawn(process.execPath, ['--max-http-header-size=65536', program.file], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      NODE_EXTRA_CA_CERTS: alb.caFile,
      PORT: String(port),
      PUBLIC_URL: `https://localhost:${alb.port}`,
      ALB_ARN: albArn,
      ALB_PUBLIC_KEYS_URL: alb.publicKeysUrl,
      COGNITO_ISSUER: provider,
      COGNITO_CLIENT_ID: authenticateAction.userPoolClientId,
      COGNITO_JWKS_URL: `${provider}/jwks`,
      COGNITO_HOSTED_URL: provider,
      SESSION_COOKIE_NAME: authenticateAction.sessionCookieName,
      SESSION_TIMEOUT_SECONDS: '3600',
      DRAIN_SECONDS: '0',
      // One user asks everything.
      REQUESTS_PER_MINUTE: '1000000',
    },
  });
  const begun = performance.now();
  while ((await statusOf(`http://127.0.0.1:${port}/health/ready`)) !== 200) {
    if (child.exitCode !== null || performance.now() - begun > patienceMilliseconds) {
      child.kill();
      throw new Error('The application did not become ready');
    }
    await sleep(50);
  }
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      if (child.exitCode !== null) return;
      const exit = once(child, 'exit');
      // How it ends is not measured; asked to, it would wait for the connections that the load balancer keeps to it.
      child.kill('SIGKILL');
      await exit;
    },
  };
}

function statusOf(url: string): Promise<number | undefined> {
  return fetchOnce(url).then(
    ({ status }) => status,
    () => undefined,
  );
}
