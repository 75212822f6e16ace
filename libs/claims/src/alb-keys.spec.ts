import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AlbKeys } from './alb-keys.ts';
import { type Answer } from './fetch.ts';
import { checkSettings } from './settings.ts';
import { startKeyHost } from './testdata/key-host.ts';
import { SETTINGS } from './testdata/world.ts';
import { LocalSigner } from './testing/index.ts';
import { createHttpsFetch } from './fetch.ts';

const URL = 'https://keys.example.com';
let uptime: number;
let fetched: string[];
let answers: Map<string, string>;
let down: boolean;
let keys: AlbKeys;

function known(): LocalSigner {
  const signer = new LocalSigner();
  answers.set(`${URL}/${signer.kid}`, signer.publicKeyPem);
  return signer;
}

beforeEach(() => {
  uptime = 0;
  fetched = [];
  answers = new Map();
  down = false;
  const fetch = (url: string): Promise<Answer> => {
    fetched.push(url);
    if (down) return Promise.reject(new Error('connect ECONNREFUSED'));
    const body = answers.get(url);
    return Promise.resolve(body === undefined ? { status: 403, body: 'AccessDenied' } : { status: 200, body });
  };
  keys = new AlbKeys(URL, fetch, () => uptime);
});

describe('AlbKeys', () => {
  it('asks below the path of its address, as GovCloud has one', async () => {
    const host = 'https://localhost:8443/aws-elb-public-keys-prod-us-gov-west-1';
    const signer = new LocalSigner();
    const asked: string[] = [];
    const fetch = (url: string): Promise<Answer> => {
      asked.push(url);
      return Promise.resolve({ status: 200, body: signer.publicKeyPem });
    };
    await new AlbKeys(host, fetch, () => uptime).get(signer.kid);
    expect(asked).toEqual([`${host}/${signer.kid}`]);
    const { albArn, issuer, clientId } = SETTINGS;
    expect(checkSettings({ albArn, issuer, clientId, albPublicKeysUrl: host }).albPublicKeysUrl).toBe(host);
  });

  it('fetches a key by its id, once', async () => {
    const { kid, publicKeyPem } = known();
    const [one, two] = await Promise.all([keys.get(kid), keys.get(kid)]);
    expect(one.key.export({ format: 'pem', type: 'spki' })).toBe(publicKeyPem);
    expect(two).toBe(one);
    expect(await keys.get(kid)).toBe(one);
    expect(fetched).toEqual([`${URL}/${kid}`]);
  });

  it('remembers for a while that a key is unknown', async () => {
    const kid = randomUUID();
    await expect(keys.get(kid)).rejects.toMatchObject({ code: 'KEY_UNKNOWN', status: 401 });
    await expect(keys.get(kid)).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    expect(fetched).toHaveLength(1);
    uptime += 30_000;
    await expect(keys.get(kid)).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    expect(fetched).toHaveLength(2);
  });

  it('bounds the fetches for random ids, and good keys outlast them', async () => {
    const { kid } = known();
    await keys.get(kid);
    for (let i = 0; i < 1000; i += 1) await expect(keys.get(randomUUID())).rejects.toThrow();
    expect(fetched).toHaveLength(5);
    await expect(keys.get(kid)).resolves.toBeDefined();
    expect(fetched).toHaveLength(5);
  });

  it('says that it does not know, not that the token is bad, once the budget is spent', async () => {
    for (let i = 0; i < 5; i += 1) await expect(keys.get(randomUUID())).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
    const { kid } = known();
    await expect(keys.get(kid)).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE', status: 503 });
    uptime += 5000;
    await expect(keys.get(kid)).resolves.toBeDefined();
  });

  it('goes on with known keys while the host is down, and recovers', async () => {
    const [first, second] = [known(), known()];
    await keys.get(first.kid);
    down = true;
    await expect(keys.get(first.kid)).resolves.toBeDefined();
    await expect(keys.get(second.kid)).rejects.toMatchObject({
      code: 'KEY_UNAVAILABLE',
      status: 503,
      message: expect.stringContaining(`${URL}: connect ECONNREFUSED`) as unknown,
    });
    down = false;
    await expect(keys.get(second.kid)).resolves.toBeDefined();
  });

  it('keeps a bounded number of keys, the ones in use', async () => {
    const first = known();
    await keys.get(first.kid);
    for (let i = 0; i < 20; i += 1) {
      uptime += 5000;
      await keys.get(known().kid);
      await keys.get(first.kid);
    }
    expect(fetched).toHaveLength(21);
    expect(fetched.filter((url) => url.endsWith(first.kid))).toHaveLength(1);
    await keys.get(fetched[1]?.split('/').pop() ?? '');
    expect(fetched).toHaveLength(22);
  });

  it.each([
    ['HTML', '<html>-----BEGIN PUBLIC KEY-----</html>'],
    ['nothing', ''],
    [
      'a private key',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    ],
    [
      'an RSA key',
      generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    ],
    [
      'a key of another curve',
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    ],
    ['two keys', new LocalSigner().publicKeyPem.repeat(2)],
    ['garbage in PEM', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'],
  ])('does not take %s for a key', async (_, body) => {
    const kid = randomUUID();
    answers.set(`${URL}/${kid}`, body);
    await expect(keys.get(kid)).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });
  });

  it('works over TLS, and takes a redirect for no key', async () => {
    const signer = new LocalSigner();
    const host = await startKeyHost((request, response) => {
      if (request.url === `/keys/${signer.kid}`) response.end(signer.publicKeyPem);
      else response.writeHead(302, { location: `/keys/${signer.kid}` }).end();
    });
    try {
      const real = new AlbKeys(`${host.url}/keys`, createHttpsFetch({ ca: host.ca }), () => uptime);
      await expect(real.get(signer.kid)).resolves.toMatchObject({ jwk: { kid: signer.kid, crv: 'P-256' } });
      await expect(real.get(randomUUID())).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });
    } finally {
      await host.close();
    }
  });
});
