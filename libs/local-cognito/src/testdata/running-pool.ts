import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogEntry } from '../log.ts';
import { type LocalUserPool, startLocalUserPool } from '../local-user-pool.ts';
import { readUserPool } from '../settings/read-user-pool.ts';
import { type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { type Answer, Browser, send } from './browser.ts';
import { testCertificate } from './certificate.ts';
import { temporaryFolder } from './folder.ts';
import { cognitoStackJson } from './stack.ts';

export const ada = { username: 'ada', password: 'analytical engine 1843' };
export const bob = { username: 'bob', password: 'fish, chips & "peas"' };

const users = {
  users: [
    { ...ada, email: 'ada@example.com', name: 'Ada Lovelace', groups: ['users', 'admins'] },
    { ...bob, email: 'bob@example.com', email_verified: false },
  ],
};

export const callback = 'https://app.localhost:8443/oauth2/idpresponse';

const certificate = testCertificate();
let anyState: string | undefined;
const keyFile = 'signing-key.json';

async function keepState(stateFolder: string): Promise<string> {
  const copy = await temporaryFolder();
  await cp(join(stateFolder, keyFile), join(copy, keyFile));
  return copy;
}

/** A pool over real HTTPS on a free port, with a clock that can be moved. */
export class RunningPool {
  /** Added to the real time, in seconds. */
  ahead = 0;
  readonly log: LogEntry[] = [];
  pool!: LocalUserPool;
  ca = '';
  #folder = '';

  static async start(settings: UserPoolSettings = readUserPool(cognitoStackJson())): Promise<RunningPool> {
    const running = new RunningPool();
    running.#folder = await temporaryFolder();
    const usersFile = join(running.#folder, 'users.json');
    await writeFile(usersFile, JSON.stringify(users));
    const tls = await certificate;
    running.ca = tls.cert;
    // A key takes long to make, and one will do for all pools of a spec.
    if (anyState) await cp(anyState, running.stateFolder, { recursive: true });
    running.pool = await startLocalUserPool({
      settings,
      usersFile,
      stateFolder: running.stateFolder,
      tls,
      port: 0,
      log: (entry) => running.log.push(entry),
      clock: () => Date.now() + running.ahead * 1000,
    });
    anyState ??= await keepState(running.stateFolder);
    return running;
  }

  get stateFolder(): string {
    return join(this.#folder, 'state');
  }

  browser(): Browser {
    return new Browser(this.pool.publicUrl, this.ca);
  }

  /** Signs somebody in and returns the code that reaches the callback. */
  async code(user: typeof ada = ada, query: string = authorizeQuery()): Promise<string> {
    const answer = await this.browser().signIn(query, user.username, user.password);
    return codeOf(answer);
  }

  async token(form: Readonly<Record<string, string>>, secret = this.pool.clientSecret('albclient')): Promise<Answer> {
    const authorization = `Basic ${Buffer.from(`albclient:${secret}`).toString('base64')}`;
    return send(this.pool.endpoints.token, { method: 'POST', form, headers: { authorization }, ca: this.ca });
  }

  async redeem(code: string): Promise<Answer> {
    return this.token({ grant_type: 'authorization_code', code, redirect_uri: callback });
  }

  /** Tokens of a fresh sign-in. */
  async tokens(user: typeof ada = ada, query?: string): Promise<Tokens> {
    return JSON.parse((await this.redeem(await this.code(user, query))).body) as Tokens;
  }

  async refresh(refreshToken: string): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async userInfo(accessToken: string): Promise<Answer> {
    return send(this.pool.endpoints.userInfo, { headers: { authorization: `Bearer ${accessToken}` }, ca: this.ca });
  }

  async close(): Promise<void> {
    await this.pool.close();
  }
}

export interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
}

/** The query an ALB sends: this order, `%20` for spaces, no nonce, no PKCE. `state` is taken as it is. */
export function authorizeQuery(changes: Readonly<Record<string, string | undefined>> = {}): string {
  return Object.entries({
    client_id: 'albclient',
    redirect_uri: encodeURIComponent(callback),
    response_type: 'code',
    scope: 'openid',
    state: 'c3RhdGU%3D',
    ...changes,
  })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .join('&');
}

export function codeOf(answer: Answer): string {
  return new URL(answer.headers.location ?? 'about:blank').searchParams.get('code') ?? '';
}

export function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
}
