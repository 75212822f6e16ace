import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { type ListenerRequest, type LoadBalancer } from '@gatehouse/listener';
import { ensureLocalAuthority, type LocalAlb, startLocalAlb } from '@gatehouse/local-alb';

const HOST = '127.0.0.1';

/** What a stranger is answered. */
export interface Answered {
  readonly status: number;
  readonly location: URL | undefined;
  readonly body: string;
}

/** A place where load balancers run in front of an application that answers everybody with {@link APPLICATION}. */
export interface Street {
  started(loadBalancer: LoadBalancer): Promise<LocalAlb>;
  close(): Promise<void>;
}

export const APPLICATION = 'the application';

export async function street(): Promise<Street> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-street-'));
  const target = createServer((_request, response) => response.end(APPLICATION));
  await new Promise<void>((resolve) => target.listen(0, HOST, resolve));
  const { port } = target.address() as AddressInfo;
  return {
    async started(loadBalancer) {
      const { key, cert, ca } = await ensureLocalAuthority(join(folder, 'certificate'), ['localhost']);
      return startLocalAlb({
        loadBalancer,
        stateFolder: join(folder, 'state'),
        tls: { key, cert },
        trustedCa: ca,
        resolveTarget: () => new URL(`http://${HOST}:${port}`),
        resolveUserPool: ({ userPoolDomain }) => ({
          issuer: 'https://issuer.example.com',
          authorizationEndpoint: `https://${userPoolDomain}.example.com/oauth2/authorize`,
          tokenEndpoint: 'https://issuer.example.com/token',
          userInfoEndpoint: 'https://issuer.example.com/userinfo',
          clientSecret: 'unused',
        }),
      });
    },
    async close() {
      target.closeAllConnections();
      await new Promise((resolve) => target.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

/** Sends a request as somebody without a session does, who trusts any certificate. */
export function ask(
  protocol: 'HTTP' | 'HTTPS',
  port: number,
  { method, host, path, query, headers }: ListenerRequest,
): Promise<Answered> {
  const send = protocol === 'HTTPS' ? requestHttps : requestHttp;
  const options = {
    host: HOST,
    port,
    method,
    path: query === '' ? path : `${path}?${query}`,
    headers: { ...Object.fromEntries(headers), Host: host },
    agent: false,
    rejectUnauthorized: false,
  };
  return new Promise((resolve, reject) => {
    send(options, (response) => {
      const { statusCode: status = 0, headers: given } = response;
      const location = given.location === undefined ? undefined : new URL(given.location);
      text(response).then((body) => resolve({ status, location, body }), reject);
    })
      .once('error', reject)
      .end();
  });
}
