import { type HeaderModification } from '@gatehouse/listener';

import { type Header } from './alb-request.ts';
import { type ConnectionFacts } from './connection-facts.ts';

/**
 * The headers of an answer as the listener modifies them: what it sets is set on every answer, whoever made it, and takes
 * the place of what the target says. Source: header-modification.html, "Add response headers".
 */
export function modifiedHeaders(
  headers: readonly Header[],
  modification: HeaderModification | undefined,
): readonly Header[] {
  const set = Object.entries(modification?.responseHeaders ?? nothing);
  if (set.length === 0) return headers;
  const names = new Set(set.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...set];
}

const nothing: HeaderModification['responseHeaders'] = {};

/** The same of an answer that the load balancer makes: it may leave its own name out. */
export function modifiedOwnHeaders(
  headers: readonly Header[],
  modification: HeaderModification | undefined,
): readonly Header[] {
  if (modification === undefined) return headers;
  const own = modification.serverHeader ? headers : headers.filter(([name]) => name !== 'Server');
  return modifiedHeaders(own, modification);
}

/**
 * What the target is told of the client's TLS, by the names that the listener gives it; nothing over HTTP.
 * Source: application-load-balancers.html, `routing.http.x_amzn_tls_version_and_cipher_suite.enabled`: both by their names
 * in OpenSSL, which are those of Node.
 */
export function tlsHeaders(
  { logged }: ConnectionFacts,
  modification: HeaderModification | undefined,
): readonly Header[] {
  const { tlsProtocol, tlsCipher } = logged;
  if (tlsProtocol === undefined || tlsCipher === undefined) return [];
  const nameOf = (usual: string): string => modification?.requestNames[usual] ?? usual;
  return [
    [nameOf('X-Amzn-Tls-Version'), tlsProtocol],
    [nameOf('X-Amzn-Tls-Cipher-Suite'), tlsCipher],
  ];
}
