import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { type CertificatePair, createAuthority, isIssuedFor, issueCertificate, isUsable } from './certificate.ts';
import { LocalAlbError } from './errors.ts';
import { ensurePrivateFolder, readPrivateFile, writePrivateFile } from './private-file.ts';

/** A certificate for this machine's servers, and the authority that browsers must trust for it. */
export interface LocalAuthority {
  /** The authority's certificate, PEM: for `NODE_EXTRA_CA_CERTS` and browsers. */
  readonly caFile: string;
  /** Its content. */
  readonly ca: string;
  /** PEM, of the servers. */
  readonly key: string;
  readonly cert: string;
  /** Whether the authority is new, so that browsers do not trust it yet. */
  readonly created: boolean;
}

export interface LocalAuthorityOptions {
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
}

const month = 30 * 24 * 3600 * 1000;

/**
 * The authority of the state folder, made on first use, and a certificate of it for the hosts (names or IP addresses),
 * issued again when it ends within 30 days or the hosts change.
 *
 * @throws {LocalAlbError} `STATE_UNUSABLE` when there is an authority that cannot be read: to replace it silently would
 *   leave browsers with one that they trust and nobody has
 */
export async function ensureLocalAuthority(
  stateFolder: string,
  hosts: readonly string[],
  options: LocalAuthorityOptions = {},
): Promise<LocalAuthority> {
  const now = (options.clock ?? Date.now)();
  await ensurePrivateFolder(stateFolder);
  const caFile = join(stateFolder, 'ca.pem');
  const { authority, created } = await ensureAuthority(caFile, join(stateFolder, 'ca-key.pem'), now);
  const server = await ensureServer(stateFolder, authority, hosts, now);
  return { caFile, ca: authority.cert, ...server, created };
}

async function ensureAuthority(
  certFile: string,
  keyFile: string,
  now: number,
): Promise<{ readonly authority: CertificatePair; readonly created: boolean }> {
  const known = await readPair(certFile, keyFile);
  // The certificate is written last: a key alone is what an interrupted first start left.
  if (known !== undefined) {
    if (isUsable(known, now, month)) return { authority: known, created: false };
    if (!isUsable(known, now, -Infinity)) {
      throw new LocalAlbError(
        'STATE_UNUSABLE',
        `${certFile} and ${keyFile} are not a certificate and its key, so no server certificate can be issued. Delete both; a new authority is made, which browsers must be told to trust.`,
      );
    }
  }
  const authority = await createAuthority(randomBytes(4).toString('hex'), now);
  await writePrivateFile(keyFile, authority.key);
  await writePrivateFile(certFile, authority.cert, 0o644);
  return { authority, created: true };
}

async function ensureServer(
  folder: string,
  authority: CertificatePair,
  hosts: readonly string[],
  now: number,
): Promise<CertificatePair> {
  const certFile = join(folder, 'server.pem');
  const keyFile = join(folder, 'server-key.pem');
  const known = await readPair(certFile, keyFile);
  if (known !== undefined && isUsable(known, now, month) && isIssuedFor(known.cert, authority.cert, hosts))
    return known;
  const issued = await issueCertificate(authority, hosts, now);
  await writePrivateFile(keyFile, issued.key);
  await writePrivateFile(certFile, issued.cert);
  return issued;
}

async function readPair(certFile: string, keyFile: string): Promise<CertificatePair | undefined> {
  const [cert, key] = await Promise.all([readPrivateFile(certFile), readPrivateFile(keyFile)]);
  return cert === undefined || key === undefined ? undefined : { cert, key };
}
