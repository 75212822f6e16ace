import { type LookupAddress } from 'node:dns';

import { type Finding } from '../../../progress/finding.ts';
import { failed, ok, warning } from '../check.ts';
import { type Handshake, handshake, type HandshakeOptions } from '../handshake.ts';

const DAY_MILLISECONDS = 24 * 3600 * 1000;
/** ACM renews 60 days before the end; so near to it, a renewal has failed. */
const RENEWED_DAYS = 30;

export interface ReachOptions extends Omit<HandshakeOptions, 'versions'> {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Name, certificate and TLS: without the first two nothing else can be asked. */
export async function reach(options: ReachOptions): Promise<readonly Finding[]> {
  const name = await resolved(options);
  if (name.state === 'failed') return [name];
  const shaken = await handshake(options);
  const certificate = certificateFinding(shaken, options);
  if (shaken.outcome !== 'done') return [name, certificate];
  const old = await handshake({ ...options, versions: { from: 'TLSv1', to: 'TLSv1.1' } });
  return [name, certificate, oldTlsFinding(old, shaken.protocol)];
}

async function resolved({ hostname, lookup }: ReachOptions): Promise<Finding> {
  const mend = 'Look at the record of the domain in its hosted zone, and wait until it is known everywhere.';
  return new Promise((resolve) => {
    lookup(hostname, { all: true }, (error, found) => {
      const addresses = (Array.isArray(found) ? (found as readonly LookupAddress[]) : []).map(({ address }) => address);
      if (error !== null || addresses.length === 0) {
        const why = error?.code ?? 'no address';
        resolve(failed('DNS', `${hostname} does not resolve (${why}): nobody finds the way.`, mend));
      } else resolve(ok('DNS', `${hostname} is ${addresses.join(', ')}.`));
    });
  });
}

export function certificateFinding(
  shaken: Handshake,
  { hostname, port, now }: Pick<ReachOptions, 'hostname' | 'port' | 'now'>,
): Finding {
  const check = 'certificate';
  const renew = 'Look at the certificate in ACM: is it renewed, and is its validation record still in the zone?';
  if (shaken.outcome === 'done') {
    const days = Math.floor((shaken.validUntil - now()) / DAY_MILLISECONDS);
    const message = `Trusted, of ${shaken.issuer}, for ${hostname}, for ${days} more days.`;
    return days < RENEWED_DAYS ? warning(check, message, renew) : ok(check, message);
  }
  const { code, message } = shaken;
  switch (code) {
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return failed(
        check,
        `It is ${code === 'CERT_HAS_EXPIRED' ? 'expired' : 'not valid yet'}: browsers refuse it.`,
        renew,
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return failed(
        check,
        `It is not for ${hostname}: browsers refuse it, and somebody else may be answering.`,
        'Give the listener the certificate of the domain, or correct the domain in stacks/environments.',
      );
    case 'TIMEOUT':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return failed(
        check,
        `Port ${port} of ${hostname} does not begin TLS (${code}): nobody gets in.`,
        'Is the alb stack applied, does its security group allow the port, and does the name lead to it?',
      );
    default:
      return failed(
        check,
        `It is not trusted (${code}: ${message.split('\n')[0]}): browsers refuse it.`,
        'Use a certificate of ACM. One of an authority of your own is trusted with --ca=FILE or NODE_EXTRA_CA_CERTS.',
      );
  }
}

/** Codes with which this side of a connection refuses, and so says nothing about the other. */
const OWN_REFUSAL = ['ERR_SSL_NO_PROTOCOLS_AVAILABLE', 'ERR_SSL_NO_CIPHERS_AVAILABLE', 'TIMEOUT'];

/** @param negotiated the version that a client of today gets */
export function oldTlsFinding(old: Handshake, negotiated: string): Finding {
  const check = 'TLS';
  if (old.outcome === 'done') {
    return failed(
      check,
      `${old.protocol} is accepted: its ciphers can be broken, and standards forbid it (RFC 8996).`,
      'Use the ssl_policy of stacks/alb on the listener.',
    );
  }
  if (OWN_REFUSAL.includes(old.code)) {
    return warning(
      check,
      `${negotiated}. Whether TLS 1.0 and 1.1 are refused could not be seen from here (${old.code}).`,
      'Ask from a machine whose OpenSSL still speaks them.',
    );
  }
  return ok(check, `${negotiated}; 1.0 and 1.1 are refused.`);
}
