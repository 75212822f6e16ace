import { generateKeyPairSync, sign } from 'node:crypto';

/** DER: a tag, a length, and what is inside (ITU-T X.690). */
function der(tag: number, ...inside: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(inside);
  const long = body.length > 127;
  const length = long ? Buffer.from([0x82, body.length >> 8, body.length & 0xff]) : Buffer.from([body.length]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

const sequence = (...inside: readonly Uint8Array[]): Buffer => der(0x30, ...inside);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value, 'latin1'));
const boolean = der(0x01, Buffer.from([0xff]));

/** A certificate for localhost that is its own authority, made on the spot: Node can read certificates, not make them. */
export function selfSignedCertificate(): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const name = sequence(der(0x31, sequence(oid('550403'), text(0x0c, 'localhost'))));
  const alternativeNames = sequence(text(0x82, 'localhost'), der(0x87, Buffer.from([127, 0, 0, 1])));
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(text(0x17, '200101000000Z'), text(0x17, '491231235959Z')),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(
      0xa3,
      sequence(
        sequence(oid('551d13'), boolean, der(0x04, sequence(boolean))),
        sequence(oid('551d11'), der(0x04, alternativeNames)),
      ),
    ),
  );
  const signature = sign('sha256', signed, privateKey);
  const certificate = sequence(signed, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  const base64 = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
  };
}
