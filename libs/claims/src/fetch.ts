import { get } from 'node:https';
import { type SecureContextOptions } from 'node:tls';

/** What a key host answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface FetchLimits {
  readonly maxBytes: number;
  /** For the whole exchange, from the name's resolution to the last byte. */
  readonly timeoutMs: number;
}

/** Fetches a URL within limits; rejects on anything but a complete answer. */
export type Fetch = (url: string, limits: FetchLimits) => Promise<Answer>;

/**
 * Fetches over TLS, trusting Node's certificate store (with `NODE_EXTRA_CA_CERTS`) or else the authorities given. Follows no redirect: a key must come
 * from the configured host. Stops reading at the limit, so a huge or a dripping answer costs little.
 */
export const createHttpsFetch =
  ({ ca }: Pick<SecureContextOptions, 'ca'> = {}): Fetch =>
  (url, { maxBytes, timeoutMs }) =>
    new Promise<Answer>((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMs);
      // No agent: fetches are days apart, and a kept connection would only go stale.
      const request = get(url, { agent: false, signal, ...(ca !== undefined && { ca }) }, (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > maxBytes) response.destroy(new Error(`more than ${maxBytes} bytes came`));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
        });
      });
      request.on('error', reject);
    });

/** Why a fetch failed, in words for the log: `ECONNREFUSED`, `self-signed certificate`… */
export function fetchFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed';
  // Where all addresses of a host were tried in vain, the message is empty and the code is all there is.
  return error.message || ('code' in error ? String(error.code) : error.name);
}
