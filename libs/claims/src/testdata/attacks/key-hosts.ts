import { generateKeyPairSync } from 'node:crypto';
import { type RequestListener } from 'node:http';
import { type LocalLogin } from '../../testing/index.ts';

/** A key host, of load balancers or of a pool, that answers something else than a key: `KEY_UNAVAILABLE`, 503. */
export interface KeyHostAttack {
  readonly name: string;
  readonly listener: (login: LocalLogin) => RequestListener;
}

/** Answers 200 with this body. */
const body = (name: string, text: (login: LocalLogin) => string): KeyHostAttack => ({
  name,
  listener: (login) => (_, response) => response.end(text(login)),
});

const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

/** To be served with `startKeyHost` in the place of the genuine key host. */
export const KEY_HOST_ATTACKS: readonly KeyHostAttack[] = [
  body('HTML', () => '<!doctype html><title>Sign in</title><p>-----BEGIN PUBLIC KEY-----</p>'),
  body('HTML around the genuine key', (login) => `<pre>${login.signer.publicKeyPem}</pre>`),
  body('a private key', () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  ),
  body('an RSA key', () =>
    generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  ),
  body('a key of another curve', () =>
    generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  ),
  body('nothing', () => ''),
  body('null', () => 'null'),
  body('two keys', (login) => login.signer.publicKeyPem.repeat(2)),
  {
    name: 'a redirect to the genuine key',
    listener: (login) => (request, response) => {
      if (request.url?.startsWith('/moved')) response.end(login.signer.publicKeyPem);
      else response.writeHead(302, { location: `/moved${request.url ?? ''}` }).end();
    },
  },
  { name: 'an error', listener: (login) => (_, response) => response.writeHead(500).end(login.signer.publicKeyPem) },
  {
    name: '200 MB',
    listener: () => (_, response) => {
      let left = 200;
      const send = (): void => {
        while (left > 0 && !response.destroyed) {
          left -= 1;
          if (!response.write(MEGABYTE)) return void response.once('drain', send);
        }
        response.end();
      };
      send();
    },
  },
  {
    name: 'the genuine key and then more than the limit',
    listener: (login) => (_, response) => response.end(login.signer.publicKeyPem + '\n'.repeat(100_000)),
  },
  {
    name: 'a hang-up before the end',
    listener: (login) => (_, response) => {
      response.writeHead(200, { 'content-length': '10000' });
      response.write(login.signer.publicKeyPem, () => response.destroy());
    },
  },
  { name: 'silence', listener: () => () => undefined },
  {
    name: 'the genuine key, one byte in a while',
    listener: (login) => (_, response) => {
      const bytes = [...login.signer.publicKeyPem];
      const drip = setInterval(() => response.write(bytes.shift() ?? '\n'), 50);
      response.on('close', () => clearInterval(drip));
    },
  },
];
