import { isIP, type LookupFunction } from 'node:net';
import { connect, type SecureVersion } from 'node:tls';

import { InfraError } from '../../errors.ts';

export interface HandshakeOptions {
  readonly hostname: string;
  readonly port: number;
  readonly lookup: LookupFunction;
  /** PEM; undefined for those that Node trusts. */
  readonly ca: readonly string[] | undefined;
  /** @default what Node offers */
  readonly versions?: { readonly from: SecureVersion; readonly to: SecureVersion };
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

/** What came of an attempt to begin TLS. Trust is never waived: a certificate that is not trusted ends it. */
export type Handshake =
  | {
      readonly outcome: 'done';
      /** Such as `TLSv1.3`. */
      readonly protocol: string;
      /** Milliseconds since the epoch. */
      readonly validUntil: number;
      readonly issuer: string;
    }
  /** `code` is Node's, or `TIMEOUT`. */
  | { readonly outcome: 'failed'; readonly code: string; readonly message: string };

/** @throws {InfraError} `INTERRUPTED` */
export function handshake(options: HandshakeOptions): Promise<Handshake> {
  const { hostname, port, lookup, ca, versions, timeoutMilliseconds, signal } = options;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port,
      lookup,
      ...(isIP(hostname) === 0 ? { servername: hostname } : {}),
      ...(ca === undefined ? {} : { ca: [...ca] }),
      ...(versions === undefined
        ? {}
        : // OpenSSL 3 offers the old versions only below its first level of security.
          { minVersion: versions.from, maxVersion: versions.to, ciphers: 'DEFAULT@SECLEVEL=0' }),
    });
    const end = (result: Handshake): void => {
      signal.removeEventListener('abort', stop);
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const stop = (): void => {
      socket.destroy();
      clearTimeout(timer);
      reject(new InfraError('INTERRUPTED', 'The look from outside was ended on request.'));
    };
    const timer = setTimeout(
      () => end({ outcome: 'failed', code: 'TIMEOUT', message: `no answer in ${timeoutMilliseconds / 1000} s` }),
      timeoutMilliseconds,
    );
    signal.addEventListener('abort', stop);
    if (signal.aborted) return stop();
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate();
      end({
        outcome: 'done',
        protocol: socket.getProtocol() ?? '',
        validUntil: Date.parse(certificate.valid_to),
        issuer: String(certificate.issuer.O ?? certificate.issuer.CN),
      });
    });
    socket.once('error', ({ code = 'UNKNOWN', message }: NodeJS.ErrnoException) =>
      end({ outcome: 'failed', code, message }),
    );
  });
}
