import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';

import { type Expectation } from './expectation.ts';

export type Headers = readonly (readonly [name: string, value: string])[];

/** Headers with which a client claims to be somebody. */
export interface Forgery {
  /** Completes `headers …`. */
  readonly name: string;
  readonly headers: Headers;
}

/** What a forger can know: all of it is public, but for keys. */
export interface ForgeryOptions {
  readonly expected: Pick<Expectation, 'signer' | 'clientId' | 'pool' | 'sessionCookieName'>;
  /** Stands for the user. */
  readonly canary: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Identity headers as an attacker without the load balancer's key can make them. */
export function forgedHeaders(options: ForgeryOptions): readonly Forgery[] {
  const { canary } = options;
  const data = selfSigned(options);
  const identity = ['x-amzn-oidc-identity', canary] as const;
  const access = ['x-amzn-oidc-accesstoken', accessToken(options)] as const;
  return [
    { name: 'unsigned', headers: [['x-amzn-oidc-data', unsigned(options)], identity, access] },
    { name: "signed with the forger's key", headers: [['x-amzn-oidc-data', data], identity, access] },
    {
      name: 'sent twice',
      headers: [['x-amzn-oidc-data', 'x'], ['x-amzn-oidc-data', data], identity, identity, access],
    },
    {
      name: 'written with underscores',
      headers: [
        ['x_amzn_oidc_data', data],
        ['x_amzn_oidc_identity', canary],
        ['x_amzn_oidc_accesstoken', access[1]],
      ],
    },
    {
      name: 'of other proxies',
      headers: [
        ['x-forwarded-user', canary],
        ['x-remote-user', canary],
        ['x-auth-request-email', `${canary}@example.com`],
        ['x-original-url', '/logged-out'],
      ],
    },
  ];
}

/** A session cookie as long as a real one, and sealed by nobody. */
export function forgedSession({ expected }: Pick<ForgeryOptions, 'expected'>): Headers {
  const shard = (bytes: number): string => randomBytes(bytes).toString('base64');
  const name = expected.sessionCookieName;
  return [['Cookie', `${name}-0=${shard(1500)}; ${name}-1=${shard(300)}; AWSALBAuthNonce=${'a'.repeat(16)}`]];
}

/** A bearer token that looks like one of the user pool. */
export function accessToken(options: ForgeryOptions): string {
  const { expected, canary } = options;
  const payload = {
    ...claims(options),
    iss: `https://${expected.pool.hostname}`,
    client_id: expected.clientId ?? canary,
    token_use: 'access',
    scope: 'openid',
    'cognito:groups': ['admins'],
  };
  const input = `${encode({ alg: 'RS256', kid: randomUUID() })}.${encode(payload)}`;
  // As good as that of any key that is not the pool's, and made in no time.
  return `${input}.${randomBytes(256).toString('base64url')}`;
}

function unsigned(options: ForgeryOptions): string {
  return `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims(options))}.`;
}

/** As the load balancer writes it, its signer and client included; with another key. */
function selfSigned(options: ForgeryOptions): string {
  const { expected, canary } = options;
  const payload = claims(options);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const head = {
    typ: 'JWT',
    kid: randomUUID(),
    alg: 'ES256',
    iss: `https://${expected.pool.hostname}`,
    client: expected.clientId ?? canary,
    signer: expected.signer,
    exp: payload.exp,
  };
  // Padded, and signed with the padding, as AWS does.
  const input = `${padded(encode(head))}.${padded(encode(payload))}`;
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${padded(signature.toString('base64url'))}`;
}

function claims({ canary, now }: ForgeryOptions) {
  return {
    sub: canary,
    email: `${canary}@example.com`,
    email_verified: 'true',
    username: canary,
    exp: Math.floor(now / 1000) + 60,
  };
}

function encode(json: object): string {
  return Buffer.from(JSON.stringify(json)).toString('base64url');
}

function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}
