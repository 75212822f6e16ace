import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { rootCertificates } from 'node:tls';

import { InfraError } from '../../errors.ts';

export interface AuthoritiesOptions {
  /** The workspace. */
  readonly root: string;
  readonly env: string;
  /** Relative to the workspace. */
  readonly file: string | undefined;
  /** Whether the address that is asked is one of this machine. */
  readonly servedHere: boolean;
}

/**
 * The certificate authorities to trust: the well-known ones and those of the file. What is served on this machine is
 * trusted through the authority that serving has made, where no file is named.
 *
 * @returns PEM; undefined for what Node trusts, `NODE_EXTRA_CA_CERTS` included
 * @throws {InfraError} `FILE_MISSING`, `FILE_MALFORMED`
 */
export async function readAuthorities(options: AuthoritiesOptions): Promise<readonly string[] | undefined> {
  const { root, env, file, servedHere } = options;
  if (file !== undefined) return [...rootCertificates, ...(await certificates(resolve(root, file)))];
  if (!servedHere) return undefined;
  try {
    return [...rootCertificates, ...(await certificates(join(root, '.gatehouse', env, 'certificate', 'ca.pem')))];
  } catch (error) {
    if (error instanceof InfraError && error.code === 'FILE_MISSING') return undefined;
    throw error;
  }
}

async function certificates(file: string): Promise<readonly string[]> {
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InfraError(
      'FILE_MISSING',
      `There are no certificates in ${file}: it cannot be read. Name a PEM file with --ca.`,
      { cause },
    );
  });
  const found = content.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    if (found.length === 0) throw new Error('There is none.');
    for (const pem of found) new X509Certificate(pem);
    return found;
  } catch (cause) {
    throw new InfraError(
      'FILE_MALFORMED',
      `${file} holds no certificate authority that can be read: nothing could be trusted through it. Name a PEM file with --ca.`,
      { cause },
    );
  }
}
