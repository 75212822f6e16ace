import { createPrivateKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type HeaderLine } from './raw-request.ts';
import { type WorkspaceCopy } from '../workspace-copy.ts';

export const DATA = 'x-amzn-oidc-data';
export const IDENTITY = 'x-amzn-oidc-identity';
export const ACCESS = 'x-amzn-oidc-accesstoken';

/** What the load balancer hands the application about a user. */
export interface Identity {
  readonly data: string;
  readonly identity: string;
  readonly accessToken: string;
}

export type Claims = Readonly<Record<string, unknown>>;

export function headersOf({ data, identity, accessToken }: Identity): readonly HeaderLine[] {
  return [
    [ACCESS, accessToken],
    [IDENTITY, identity],
    [DATA, data],
  ];
}

/** Reads what was handed on from the application's raw headers, in which each stands once. */
export function identityIn(rawHeaders: readonly string[]): Identity {
  const value = (name: string): string => rawHeaders[rawHeaders.indexOf(name) + 1] ?? '';
  return { data: value(DATA), identity: value(IDENTITY), accessToken: value(ACCESS) };
}

/** A part of a token: 0 is the header, 1 the payload. */
export function part(token: string, index: 0 | 1): Claims {
  return JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as Claims;
}

/** Another key of the kind that the load balancer signs with: an attacker's own. */
export interface DataKey {
  readonly kid: string;
  readonly key: KeyObject;
}

/**
 * Signs again what the load balancer and the pool have signed, changed, with their own keys. On AWS an attacker has the
 * former too, in effect: all load balancers of a region, theirs among them, sign with the same keys.
 */
export class Forge {
  private constructor(
    readonly dataKey: DataKey,
    private readonly poolKey: KeyObject,
  ) {}

  static async open(copy: WorkspaceCopy): Promise<Forge> {
    const state = join(copy.root, '.gatehouse', 'local');
    const read = async <T>(...path: string[]): Promise<T> =>
      JSON.parse(await readFile(join(state, ...path), 'utf8')) as T;
    const { kid, privateKey } = await read<{ kid: string; privateKey: string }>('load-balancer', 'signing-key.json');
    const jwk = await read<JsonWebKey>('user-pool', 'signing-key.json');
    return new Forge({ kid, key: createPrivateKey(privateKey) }, createPrivateKey({ key: jwk, format: 'jwk' }));
  }

  /** A data token with its header and payload changed; `undefined` leaves a claim out. */
  data(token: string, header: Claims, payload: Claims = {}, { key }: Pick<DataKey, 'key'> = this.dataKey): string {
    const input = [
      { ...part(token, 0), ...header },
      { ...part(token, 1), ...payload },
    ]
      .map((json) => pad(encode(JSON.stringify(json))))
      .join('.');
    const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
    return `${input}.${pad(encode(signature))}`;
  }

  /** The same token, good for another minute: what the load balancer would write for the next request. */
  renewed({ data, ...rest }: Identity): Identity {
    const exp = seconds() + 60;
    return { ...rest, data: this.data(data, { exp }, { exp }) };
  }

  /** An access token with its header and payload changed. */
  access(token: string, payload: Claims, header: Claims = {}): string {
    const input = [
      { ...part(token, 0), ...header },
      { ...part(token, 1), ...payload },
    ]
      .map((json) => encode(JSON.stringify(json)))
      .join('.');
    return `${input}.${encode(sign('sha256', Buffer.from(input), this.poolKey))}`;
  }
}

/** A token whose header or payload is another text, under the signature of the old one. */
export function rewritten(token: string, index: 0 | 1, rewrite: (json: string) => string): string {
  const parts = token.split('.');
  const json = Buffer.from(parts[index] ?? '', 'base64url').toString();
  parts[index] = pad(encode(rewrite(json)));
  return parts.join('.');
}

export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

export function encode(bytes: string | Uint8Array): string {
  return Buffer.from(bytes as string).toString('base64url');
}

/** Adds the `=` that a load balancer keeps. */
export function pad(base64url: string): string {
  return base64url.padEnd(Math.ceil(base64url.length / 4) * 4, '=');
}
