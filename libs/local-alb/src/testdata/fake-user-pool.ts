import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { type UserPoolEndpoints } from '../identity-provider.ts';
import { type TlsCredentials } from '../listener-server.ts';

/** One request that the pool got. */
export interface PoolRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

/** An answer in place of the pool's own. */
export type PoolAnswer = { readonly status: number; readonly body: string } | 'hang' | 'break';

/** A user pool without pages: codes are whatever the test sends, tokens are whatever it says. */
export interface FakeUserPool {
  readonly endpoints: UserPoolEndpoints;
  readonly requests: PoolRequest[];
  /** Merged into the token endpoint's answer. */
  tokens: Record<string, unknown>;
  claims: Record<string, unknown>;
  /** By path. */
  readonly answers: Map<string, PoolAnswer>;
  close(): Promise<void>;
}

export const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI';

export function fakeJwt(payload: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(payload)}.c2ln`;
}

/** @param tls where it is to be any provider, which is asked by HTTPS alone */
export async function startFakeUserPool(
  tls?: TlsCredentials,
  { host = '127.0.0.1', port = 0 }: { readonly host?: string; readonly port?: number } = {},
): Promise<FakeUserPool> {
  let issued = 0;
  const listener: RequestListener = (request, response) => {
    void respond(request).then((answer) => {
      if (answer === 'hang') return;
      if (answer === 'break') request.socket.destroy();
      else response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body);
    });
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer({ ...tls }, listener);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const authority = host.includes(':') ? `[${host}]` : host;
  const origin = `http${tls === undefined ? '' : 's'}://${authority}:${(server.address() as AddressInfo).port}`;
  const pool: FakeUserPool = {
    endpoints: {
      issuer,
      authorizationEndpoint: 'https://login.localhost/oauth2/authorize',
      tokenEndpoint: `${origin}/oauth2/token`,
      userInfoEndpoint: `${origin}/oauth2/userInfo`,
      clientSecret: 'secret+/ of the client',
    },
    requests: [],
    tokens: {},
    claims: { sub: 'user-1', email_verified: 'true', email: 'ada@example.com', username: 'ada' },
    answers: new Map(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function respond(request: IncomingMessage): Promise<PoolAnswer> {
    const path = request.url ?? '';
    pool.requests.push({
      path,
      authorization: request.headers.authorization,
      form: new URLSearchParams(await text(request)),
    });
    const given = pool.answers.get(path);
    if (given !== undefined) return given;
    if (path === '/oauth2/userInfo') return { status: 200, body: JSON.stringify(pool.claims) };
    issued += 1;
    const tokens = {
      access_token: `access-${issued}`,
      id_token: fakeJwt({ iss: issuer, aud: 'client1', sub: pool.claims['sub'], exp: Date.now() / 1000 + 3600 }),
      refresh_token: 'refresh-1',
      token_type: 'Bearer',
      expires_in: 900,
      ...pool.tokens,
    };
    return { status: 200, body: JSON.stringify(tokens) };
  }

  return pool;
}
