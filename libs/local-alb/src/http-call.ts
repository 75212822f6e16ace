import { request as requestPlain } from 'node:http';
import { type Agent, request as requestTls } from 'node:https';
import { isIPv6 } from 'node:net';

/** A call from the ALB to an identity provider. */
export interface HttpCall {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whom to trust when the URL's scheme is https. */
  readonly tlsAgent: Agent;
  readonly timeoutMilliseconds: number;
  /** What it is reached over: whatever its host has, or IPv4 alone. */
  readonly over: 'any' | 'ipv4';
}

export type HttpCallResult =
  | { readonly outcome: 'answered'; readonly status: number; readonly body: string }
  | { readonly outcome: 'unreachable' }
  | { readonly outcome: 'timeout' };

/** More than any of them answers; what is longer is not read. */
const maximumBytes = 256 * 1024;

/** Calls; follows no redirect, and never throws on what the other side does. */
export function callHttp(call: HttpCall): Promise<HttpCallResult> {
  return new Promise((resolve) => {
    const url = new URL(call.url);
    const signal = AbortSignal.timeout(call.timeoutMilliseconds);
    const fail = (): void => resolve({ outcome: signal.aborted ? 'timeout' : 'unreachable' });
    // An address in the URL is not looked up, so `family` does not keep it out.
    if (call.over === 'ipv4' && isIPv6(url.hostname.slice(1, -1))) return fail();
    const options = {
      method: call.method,
      headers: { Accept: 'application/json', ...call.headers },
      signal,
      ...(call.over === 'ipv4' ? { family: 4 } : {}),
    };
    const outgoing =
      url.protocol === 'https:'
        ? requestTls(url, { ...options, agent: call.tlsAgent, rejectUnauthorized: true })
        : requestPlain(url, { ...options, agent: false });
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let length = 0;
      incoming.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length <= maximumBytes) return;
        fail();
        outgoing.destroy();
      });
      incoming.on('end', () =>
        resolve({
          outcome: 'answered',
          status: incoming.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      incoming.on('error', fail);
      incoming.on('close', fail);
    });
    outgoing.on('error', fail);
    outgoing.end(call.body);
  });
}
