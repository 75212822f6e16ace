const percentEncoded = /^(?:[A-Za-z0-9\-._~!$'()*+,;:@/?]|%[0-9A-Fa-f]{2})*$/;

/**
 * A parameter's value as it stands in a query, still encoded: `state` must come back byte for byte (RFC 6749,
 * section 4.1.2), and decoding and encoding again would turn a bare `+` into a space or `%20`.
 *
 * @returns `undefined` when the parameter is missing, or holds bytes that cannot stand in a query as they are
 */
export function rawParameter(query: string, name: string): string | undefined {
  for (const pair of query.split('&')) {
    const cut = pair.indexOf('=');
    if (cut > 0 && pair.slice(0, cut) === name) {
      const value = pair.slice(cut + 1);
      // An equals sign needs no encoding inside a value; some clients leave Base64 padding bare.
      return percentEncoded.test(value.replaceAll('=', '')) ? value : undefined;
    }
  }
  return undefined;
}

/** A redirect URI with parameters added to whatever query it has. Values must be encoded already. */
export function withQuery(uri: string, parameters: readonly (readonly [string, string | undefined])[]): string {
  const query = parameters.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])).join('&');
  return `${uri}${uri.includes('?') ? '&' : '?'}${query}`;
}
