/** A user pool that lets everybody in: what the load balancer and Apache log in at. */
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { given, serve } from './child.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' };
const claims = {
  sub: '0b0f2f6e-8a55-4b6a-9d4e-2f7a3a5a3b11',
  email: 'ada@example.com',
  email_verified: 'true',
  username: 'ada',
};
const nonces = new Map<string, string>();
let origin = '';

function jwt(payload: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg: 'RS256', typ: 'JWT', kid: 'k1' })}.${part(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

const server = createServer(given<{ readonly key: string; readonly cert: string }>(), (request, response) => {
  const url = new URL(request.url ?? '/', origin);
  const json = (value: unknown): void =>
    void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
  switch (url.pathname) {
    case '/authorize': {
      const code = String(nonces.size + 1);
      nonces.set(code, url.searchParams.get('nonce') ?? '');
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      return void response.writeHead(302, { Location: back.href }).end();
    }
    case '/token':
      return void text(request).then((form) => {
        const nonce = nonces.get(new URLSearchParams(form).get('code') ?? '');
        const now = Math.floor(Date.now() / 1000);
        const common = { iss: origin, sub: claims.sub, iat: now, exp: now + 3600 };
        json({
          access_token: jwt({
            ...common,
            ...{
              token_use: 'access',
              client_id: 'client1',
              username: claims.username,
              scope: 'openid',
              auth_time: now,
            },
          }),
          id_token: jwt({ ...common, aud: 'client1', ...(nonce === '' ? {} : { nonce }) }),
          token_type: 'Bearer',
          expires_in: 3600,
        });
      });
    case '/userinfo':
      return json(claims);
    case '/jwks':
      return json({ keys: [jwk] });
    default:
      response.writeHead(404).end();
  }
});
server.listen(0, '127.0.0.1', () => {
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  serve({ origin }, {});
});
