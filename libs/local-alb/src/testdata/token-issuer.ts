import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';

import { type JwtValidationAction } from '@gatehouse/listener';

import { type TlsCredentials } from '../listener-server.ts';

type Json = Readonly<Record<string, unknown>>;

export const tokenIssuer = 'https://tokens.example.com';

/** A pair of RSA keys. */
export const keyPair = (modulusLength = 2048): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } =>
  generateKeyPairSync('rsa', { modulusLength });

/** A public key as a key set has it. */
export function jwkOf(key: KeyObject, kid = 'key-1', more: Json = {}): Json {
  return { ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256', ...more };
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token, signed with RS256 whatever its header says; with text for a key, HS256. */
export function tokenOf(claims: unknown, key: KeyObject | string, header: Json = {}): string {
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'key-1', ...header })}.${part(claims)}`;
  const signature =
    typeof key === 'string'
      ? createHmac('sha256', key).update(signed).digest()
      : sign('sha256', Buffer.from(signed), createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' })));
  return `${signed}.${signature.toString('base64url')}`;
}

/** Whoever signs tokens: the endpoint of its keys, which a test may change. */
export interface TokenIssuer {
  readonly action: JwtValidationAction;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** What the endpoint answers. */
  answer: { readonly status: number; readonly body: string } | 'break';
  /** How often it was asked. */
  readonly asked: () => number;
  close(): Promise<void>;
}

export async function startTokenIssuer(tls: TlsCredentials): Promise<TokenIssuer> {
  const { privateKey, publicKey } = keyPair();
  let asked = 0;
  const server = createServer({ ...tls }, (request, response) => {
    asked += 1;
    const { answer } = issuer;
    if (answer === 'break') request.socket.destroy();
    else response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer: TokenIssuer = {
    action: {
      type: 'jwt-validation',
      issuer: tokenIssuer,
      jwksEndpoint: `https://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
      additionalClaims: [],
    },
    privateKey,
    publicKey,
    answer: { status: 200, body: JSON.stringify({ keys: [jwkOf(publicKey)] }) },
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}
