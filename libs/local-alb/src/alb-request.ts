import { type ListenerRequest } from '@gatehouse/listener';

/** A header as received: its name in any case, and its value. */
export type Header = readonly [name: string, value: string];

/** A request as the ALB took it from the wire, HTTP/1.1 or HTTP/2. */
export interface AlbRequest extends ListenerRequest {
  readonly scheme: 'http' | 'https';
  /** Of the client's connection. */
  readonly sourcePort: number;
  /** Of the listener that took the request. */
  readonly listenerPort: number;
  /** Host and port as the client wrote them. */
  readonly authority: string;
  /** Path and query as sent. */
  readonly target: string;
}

/** What a server knows about a request before it is checked. */
export interface WireRequest {
  readonly method: string;
  /** The request target: origin form, or absolute form. */
  readonly url: string;
  /** Names and values in turn, HTTP/2 pseudo-headers among them. */
  readonly rawHeaders: readonly string[];
  readonly scheme: 'http' | 'https';
  readonly listenerPort: number;
  readonly sourceIp: string;
  readonly sourcePort: number;
}

const hostName = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?|\[[0-9A-Fa-f:.]+\])$/;
// Anything else would have to be escaped by the client (RFC 3986 section 2), and would end in a Location header.
const visibleAscii = /^\/[\x21-\x7e]*$/;

/** Whether a request over HTTP/2 is one of gRPC, that of browsers (`grpc-web`) not among them. Source: "gRPC over HTTP2". */
export function asksForGrpc(request: Pick<AlbRequest, 'headers'>): boolean {
  return /^application\/grpc(?:[+;]|\s*$)/i.test(headerValue(request, 'content-type') ?? '');
}

/** Whether the client takes what stands behind the body of an answer: RFC 9110 section 10.1.4. */
export function takesTrailers(request: Pick<AlbRequest, 'headers'>): boolean {
  return /(?:^|,)\s*trailers\s*(?:,|$)/i.test(headerValue(request, 'te') ?? '');
}

/** Whether it can stand in `Host`, without a port. */
export function isHostName(text: string): boolean {
  return hostName.test(text);
}

/** Whether it can stand in the first line of a request, but for its length. */
export function isRequestTarget(text: string): boolean {
  return visibleAscii.test(text);
}

/** Reads a request; `undefined` when it is malformed, which an ALB answers with 400. */
export function readAlbRequest(wire: WireRequest): AlbRequest | undefined {
  const all = paired(wire.rawHeaders);
  const headers = all.some(isPseudo) ? all.filter((header) => !isPseudo(header)) : all;
  const absolute = wire.url.startsWith('/') ? null : /^https?:\/\/([^/?#]*)(.*)$/i.exec(wire.url);
  const authority = absolute?.[1] ?? hostOf(all);
  const target = absolute === null ? wire.url : withSlash(absolute[2] ?? '');
  if (authority === undefined || !visibleAscii.test(target)) return undefined;
  const host = readHost(authority);
  if (host === undefined) return undefined;
  const query = target.indexOf('?');
  return {
    method: wire.method,
    scheme: wire.scheme,
    listenerPort: wire.listenerPort,
    authority,
    host,
    target,
    path: query < 0 ? target : target.slice(0, query),
    query: query < 0 ? '' : target.slice(query + 1),
    headers,
    sourceIp: wire.sourceIp.replace(/^::ffff:/, ''),
    sourcePort: wire.sourcePort,
  };
}

/** The value of a header, several joined the way RFC 9110 section 5.3 (and 9113 section 8.2.3 for cookies) says. */
export function headerValue(request: Pick<AlbRequest, 'headers'>, name: string): string | undefined {
  let joined: string | undefined;
  for (const [key, value] of request.headers) {
    // The length first: this is asked often, of every header.
    if (key.length !== name.length || key.toLowerCase() !== name) continue;
    joined = joined === undefined ? value : `${joined}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return joined;
}

/** The bytes of header fields on the wire, as HTTP/1.1 writes them. */
export function headBytes(headers: readonly Header[]): number {
  let bytes = 0;
  for (const [name, value] of headers) bytes += name.length + value.length + ': \r\n'.length;
  return bytes;
}

/** Names and values in turn. (`flat` takes several times as long.) */
export function flattened(headers: readonly Header[]): string[] {
  const raw: string[] = [];
  for (const header of headers) raw.push(header[0], header[1]);
  return raw;
}

/** The address as the client sees it. */
export function requestUri(request: Pick<AlbRequest, 'scheme' | 'authority' | 'target'>): string {
  return `${request.scheme}://${request.authority}${request.target}`;
}

/** An absolute URI's host wins over the header (RFC 9112 section 3.2.2), and so does HTTP/2's `:authority`. */
function hostOf(headers: readonly Header[]): string | undefined {
  let [authority, host]: (string | undefined)[] = [];
  for (const [name, value] of headers) {
    const isAuthority = name === ':authority';
    if (!isAuthority && (name.length !== 4 || name.toLowerCase() !== 'host')) continue;
    // Two hosts: one party would route by the first and another trust the second (RFC 9112 section 3.2).
    if ((isAuthority ? authority : host) !== undefined) return undefined;
    if (isAuthority) authority = value;
    else host = value;
  }
  return authority ?? host;
}

/** Of HTTP/2: what HTTP/1.1 has in its first line. */
function isPseudo([name]: Header): boolean {
  return name.startsWith(':');
}

function readHost(authority: string): string | undefined {
  const [, host = '', port] = /^(.*?)(?::(\d{1,5}))?$/.exec(authority) ?? [];
  if (!hostName.test(host) || (port !== undefined && Number(port) > 65535)) return undefined;
  return host;
}

function withSlash(target: string): string {
  return target.startsWith('/') ? target : `/${target}`;
}

/** Names and values in turn, as pairs. */
export function paired(raw: readonly string[]): readonly Header[] {
  const headers: Header[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) headers.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return headers;
}
