import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate and its private key, PEM. */
export interface CertificatePair {
  readonly cert: string;
  readonly key: string;
}

const day = 24 * 3600 * 1000;
const authorityLifetime = 3650 * day;
/** Browsers limit what their users' authorities may issue to 825 days at most; a short life costs nothing here. */
const serverLifetime = 90 * day;

/**
 * Makes an authority of its own.
 *
 * @param label tells authorities apart: browsers choose between two of the same name by chance
 * @param now milliseconds since the epoch
 */
export async function createAuthority(label: string, now: number): Promise<CertificatePair> {
  const { generate } = await generator();
  const made = await generate([{ name: 'commonName', value: `Gatehouse local authority ${label}` }], {
    ...common(now, authorityLifetime),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/**
 * Makes a server certificate for hosts: names or IP addresses.
 *
 * @param now milliseconds since the epoch
 */
export async function issueCertificate(
  authority: CertificatePair,
  hosts: readonly string[],
  now: number,
): Promise<CertificatePair> {
  const { generate } = await generator();
  const made = await generate([{ name: 'commonName', value: hosts[0] ?? 'localhost' }], {
    ...common(now, serverLifetime),
    ca: authority,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...new Set(hosts)].map((host) =>
          isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host },
        ),
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/** Whether certificate and key belong together and hold for so long yet. Milliseconds. */
export function isUsable(pair: CertificatePair, now: number, margin: number): boolean {
  try {
    const certificate = new X509Certificate(pair.cert);
    return certificate.checkPrivateKey(createPrivateKey(pair.key)) && Date.parse(certificate.validTo) - now > margin;
  } catch {
    return false;
  }
}

/** Whether the authority issued the certificate, for exactly these hosts. */
export function isIssuedFor(cert: string, authority: string, hosts: readonly string[]): boolean {
  const certificate = new X509Certificate(cert);
  const names = (certificate.subjectAltName ?? '').split(', ');
  const wanted = [...new Set(hosts)];
  return (
    certificate.verify(new X509Certificate(authority).publicKey) &&
    names.length === wanted.length &&
    wanted.every((host) => (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined)
  );
}

/** Loaded when there is something to issue, which is seldom: it takes some megabytes of memory. */
const generator = () => import('selfsigned');

function common(now: number, lifetime: number) {
  return {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A clock that is a little behind must not refuse what was just made.
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + lifetime),
  } as const;
}
