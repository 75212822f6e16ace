import { type LoadBalancerAttributes } from '@gatehouse/listener';

import { type AlbRequest, type Header, headerValue } from './alb-request.ts';
import { traceId } from './trace-id.ts';

/** Of one connection only: RFC 9110 section 7.6.1. `Expect` is answered by the ALB's own server. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
]);

/** Written by the ALB, whatever the client sent. */
const replaced = new Set([
  'host',
  'cookie',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-amzn-trace-id',
]);

/** Who the user is, as the target learns it. */
export interface IdentityHeaders {
  readonly accessToken: string;
  readonly identity: string;
  readonly data: string;
}

/** What the authenticate action of the rule, if it has one, decided about the target's headers. */
export type Identification =
  /** The rule has no authenticate action. */
  | { readonly kind: 'unchecked' }
  /** The rule lets requests without a session pass. */
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly headers: IdentityHeaders };

/**
 * The headers of the request to the target, in the order received, the ALB's own last.
 *
 * `x-amzn-oidc-*` sent by a client is removed where the rule authenticates. Where it does not, AWS's behaviour is not
 * documented: it is passed through, the worst case for the application, which must not believe it.
 *
 * @param now milliseconds since the epoch
 * @param tls what the target is told of the client's TLS: nothing that a client sends by these names
 */
export function targetHeaders(
  request: AlbRequest,
  identification: Identification,
  attributes: LoadBalancerAttributes,
  now: number,
  tls: readonly Header[] = noHeaders,
): readonly Header[] {
  const dropped = connectionNames(request.headers);
  const received = request.headers.filter(([key]) => {
    const name = key.toLowerCase();
    if (hopByHop.has(name) || replaced.has(name) || dropped.has(name)) return false;
    if (identification.kind !== 'unchecked' && name.startsWith('x-amzn-oidc-')) return false;
    if (tls.length > 0 && tls.some(([own]) => own.toLowerCase() === name)) return false;
    return !attributes.dropInvalidHeaderFields || !isInvalidHeader(name);
  });
  const cookie = headerValue(request, 'cookie');
  return [
    ['Host', forwardedHost(request, attributes)],
    ...received,
    ...(cookie === undefined || dropped.has('cookie') ? [] : [['Cookie', cookie] as const]),
    ...forwardedFor(request, attributes),
    ['X-Forwarded-Proto', request.scheme],
    ['X-Forwarded-Port', String(request.listenerPort)],
    ['X-Amzn-Trace-Id', traceId(headerValue(request, 'x-amzn-trace-id'), now)],
    ...tls,
    ...(identification.kind === 'user' ? identityHeaders(identification.headers) : []),
  ];
}

/** Whether `drop_invalid_header_fields` removes it. Source: application-load-balancers.html, "Load balancer attributes". */
export function isInvalidHeader(name: string): boolean {
  return !/^[-A-Za-z0-9]+$/.test(name);
}

/** The headers of the answer to the client: the target's without those of its connection, and the ALB's cookies. */
export function clientHeaders(received: readonly Header[], setCookies: readonly string[]): readonly Header[] {
  const dropped = connectionNames(received);
  const kept = received.filter(([key]) => {
    const name = key.toLowerCase();
    return !hopByHop.has(name) && !dropped.has(name);
  });
  return [...kept, ...setCookies.map((cookie) => ['Set-Cookie', cookie] as const)];
}

/** One entry a name, with every value: HTTP/2's writer would keep only the last of a name that comes twice. */
export function grouped(headers: readonly Header[]): Record<string, string | string[]> {
  const names = new Map<string, [name: string, values: string[]]>();
  for (const [name, value] of headers) {
    const entry = names.get(name.toLowerCase());
    if (entry === undefined) names.set(name.toLowerCase(), [name, [value]]);
    else entry[1].push(value);
  }
  return Object.fromEntries(
    [...names.values()].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

function identityHeaders(headers: IdentityHeaders): readonly Header[] {
  return [
    ['x-amzn-oidc-accesstoken', headers.accessToken],
    ['x-amzn-oidc-identity', headers.identity],
    ['x-amzn-oidc-data', headers.data],
  ];
}

/**
 * A default port is removed and another listener port is added, unless the client's header is to be preserved.
 * Source: application-load-balancers.html, "Host header preservation".
 */
function forwardedHost(request: AlbRequest, attributes: LoadBalancerAttributes): string {
  if (attributes.preserveHostHeader) return request.authority;
  const isDefault = request.listenerPort === (request.scheme === 'https' ? 443 : 80);
  return isDefault ? request.host : `${request.host}:${request.listenerPort}`;
}

/** Source: x-forwarded-headers.html, "X-Forwarded-For". */
function forwardedFor(request: AlbRequest, attributes: LoadBalancerAttributes): readonly Header[] {
  const received = headerValue(request, 'x-forwarded-for');
  const client = attributes.xffClientPort ? withPort(request) : request.sourceIp;
  switch (attributes.xffHeaderProcessing) {
    case 'append':
      return [['X-Forwarded-For', received === undefined ? client : `${received}, ${client}`]];
    case 'preserve':
      return received === undefined ? [] : [['X-Forwarded-For', received]];
    case 'remove':
      return [];
  }
}

/** Source: x-forwarded-headers.html, "X-Forwarded-For", client port preservation: an IPv6 address stands in brackets then. */
function withPort({ sourceIp, sourcePort }: AlbRequest): string {
  return sourceIp.includes(':') ? `[${sourceIp}]:${sourcePort}` : `${sourceIp}:${sourcePort}`;
}

const none: ReadonlySet<string> = new Set();
const noHeaders: readonly Header[] = [];

/** What most say; it names no header but itself, and goes with the others of the connection. */
const keepAlive: ReadonlySet<string> = new Set(['keep-alive']);

/** The headers that `Connection` names belong to the connection too: RFC 9110 section 7.6.1. */
function connectionNames(headers: readonly Header[]): ReadonlySet<string> {
  const value = headerValue({ headers }, 'connection');
  if (value === undefined) return none;
  if (value === 'keep-alive') return keepAlive;
  return new Set(value.split(',').map((name) => name.trim().toLowerCase()));
}
