import { Agent } from 'node:https';
import { type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';

import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type AuthFailure } from './auth-failure.ts';
import { type CertificatePair, createAuthority, issueCertificate } from './certificate.ts';
import { callHttp } from './http-call.ts';
import { type IdentityProvider, type UserPoolEndpoints } from './identity-provider.ts';
import { createProviderCalls } from './provider-calls.ts';
import { type FakeUserPool, startFakeUserPool } from './testdata/fake-user-pool.ts';
import { ca, callbackOf, type Rig, serverTls, startRig } from './testdata/rig.ts';

const names = ['127.0.0.1', '::1', 'four.example', 'six.example', 'both.example'];
let authority: CertificatePair;
let tls: CertificatePair;
let stranger: CertificatePair;
let misnamed: CertificatePair;
beforeAll(async () => {
  authority = await createAuthority('network', Date.now());
  tls = await issueCertificate(authority, names, Date.now());
  stranger = await issueCertificate(await createAuthority('stranger', Date.now()), names, Date.now());
  misnamed = await issueCertificate(authority, ['elsewhere.example'], Date.now());
});

const records: Readonly<Record<string, readonly { readonly address: string; readonly family: number }[]>> = {
  'four.example': [{ address: '127.0.0.1', family: 4 }],
  'six.example': [{ address: '::1', family: 6 }],
  'both.example': [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ],
};

/** A resolver of these names, which answers for one family as `getaddrinfo` does. */
const lookup: LookupFunction = (name, { family = 0, all = false }, callback) => {
  const found = (records[name] ?? []).filter((one) => family === 0 || one.family === family);
  const [first] = found;
  if (first === undefined) {
    callback(Object.assign(new Error(`no address of ${name}`), { code: 'ENOTFOUND' }), '', 0);
  } else if (all) callback(null, [...found]);
  else callback(null, first.address, first.family);
};

let opened: FakeUserPool[];
beforeEach(() => {
  opened = [];
});
afterEach(() => Promise.all(opened.map((one) => one.close())));

const open = async (given: CertificatePair, at: { host?: string; port?: number } = {}): Promise<FakeUserPool> => {
  const pool = await startFakeUserPool(given, at);
  opened.push(pool);
  return pool;
};

/** Nothing where the machine has no IPv6: then there is nobody to be reached over it, which is as it must be. */
const openSix = async (given: CertificatePair, port = 0): Promise<FakeUserPool | undefined> =>
  open(given, { host: '::1', port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRNOTAVAIL') return undefined;
    throw error;
  });

const portOf = ({ endpoints }: FakeUserPool): number => Number(new URL(endpoints.tokenEndpoint).port);

describe('the way to an identity provider', () => {
  const reach = async (host: string, port: number): Promise<string> => {
    const tlsAgent = new Agent({ ca: authority.cert, lookup });
    const provider: IdentityProvider = {
      kind: 'cognito',
      issuer: 'https://issuer.example',
      authorizationEndpoint: 'https://login.example/authorize',
      tokenEndpoint: `https://${host}:${port}/oauth2/token`,
      userInfoEndpoint: `https://${host}:${port}/oauth2/userInfo`,
      clientId: 'client1',
      clientSecret: 's',
    };
    const calls = createProviderCalls({ tlsAgent });
    const reason = (failure: AuthFailure): string => failure.reason ?? 'none';
    const token = await calls.refresh(provider, 'r').then(() => 'reached', reason);
    const claims = await calls.userInfo(provider, 'a').then(() => 'reached', reason);
    return token === claims ? token : `${token}, ${claims}`;
  };
  const unreachable = 'AuthTokenEpRequestFailed, AuthUserinfoEpRequestFailed';

  it('is IPv4, whatever else its host has [B7.2 D]', async () => {
    const four = await open(tls);
    const six = await openSix(tls, portOf(four));
    for (const host of ['127.0.0.1', 'four.example', 'both.example']) {
      expect([host, await reach(host, portOf(four))]).toEqual([host, 'reached']);
    }
    expect([four.requests.length, six?.requests.length ?? 0]).toEqual([6, 0]);
    for (const host of ['[::1]', '[::ffff:127.0.0.1]', 'six.example', 'none.example']) {
      expect([host, await reach(host, portOf(four))]).toEqual([host, unreachable]);
    }
    expect([four.requests.length, six?.requests.length ?? 0]).toEqual([6, 0]);
  });

  it('is any for the keys of tokens, of which AWS says nothing', async () => {
    const six = await openSix(tls);
    for (const host of ['[::1]', 'six.example']) {
      const result = await callHttp({
        url: `https://${host}:${six === undefined ? 1 : portOf(six)}/oauth2/userInfo`,
        method: 'GET',
        headers: {},
        tlsAgent: new Agent({ ca: authority.cert, lookup }),
        timeoutMilliseconds: 10_000,
        over: 'any',
      });
      expect(result.outcome).toBe(six === undefined ? 'unreachable' : 'answered');
    }
  });

  it('ends at a certificate of another authority, or for another name [B7.2 D]', async () => {
    for (const given of [stranger, misnamed]) {
      const pool = await open(given);
      expect(await reach('four.example', portOf(pool))).toBe(unreachable);
      expect(pool.requests).toEqual([]);
    }
  });

  it('trusts the well-known authorities by default, and no other', async () => {
    const pool = await open(tls);
    const asked = (trusted: readonly string[]) =>
      createProviderCalls({ tlsAgent: new Agent({ ca: [...trusted] }) })
        .userInfo({ kind: 'cognito', ...pool.endpoints, clientId: 'client1' }, 'a')
        .then(
          () => 'reached',
          ({ reason }: AuthFailure) => reason,
        );
    expect(await asked(rootCertificates)).toBe('AuthUserinfoEpRequestFailed');
    expect(await asked([...rootCertificates, authority.cert])).toBe('reached');
  });
});

describe('a login whose user pool is out of reach', () => {
  let rig: Rig | undefined;
  afterEach(() => rig?.stop());

  const status = async (endpoints: UserPoolEndpoints, trustedCa?: string): Promise<unknown> => {
    rig = await startRig(undefined, { resolveUserPool: () => endpoints, ...(trustedCa && { trustedCa }) });
    const answer = await rig.fetch(callbackOf(await rig.fetch('/')));
    const failure = rig.events.at(-1);
    await rig.stop();
    rig = undefined;
    return [answer.status, failure?.errorReason];
  };

  it('ends on 500, and with 302 where it can be reached [B7.2 D]', async () => {
    const refused = [500, 'AuthTokenEpRequestFailed'];
    expect(await status((await open(serverTls)).endpoints)).toEqual([302, undefined]);
    expect(await status((await open(serverTls)).endpoints, authority.cert)).toEqual(refused);
    expect(await status((await open(tls)).endpoints)).toEqual(refused);
    expect(await status((await open(misnamed)).endpoints, authority.cert)).toEqual(refused);
    const six = await openSix(tls);
    if (six !== undefined) expect(await status(six.endpoints, authority.cert)).toEqual(refused);
    expect(ca).not.toBe(authority.cert);
  });
});
