/** What was answered to one request. */
export interface Answer {
  readonly url: URL;
  readonly status: number;
  /** As sent; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** At most its first 256 KiB. */
  readonly body: string;
}

export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Such as `secure` and `path=/`; in lower case. */
  readonly attributes: readonly string[];
}

/** The first header of the name. @param name in lower case */
export function header({ headers }: Answer, name: string): string | undefined {
  return headers.find(([each]) => each === name)?.[1];
}

export function setCookies({ headers }: Answer): readonly SetCookie[] {
  return headers
    .filter(([name]) => name === 'set-cookie')
    .map(([, line]) => {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name = '', ...value] = pair.split('=');
      return { name, value: value.join('='), attributes: attributes.map((attribute) => attribute.toLowerCase()) };
    });
}

/** Where an answer sends the client; undefined where nowhere. */
export function destination(answer: Answer): URL | undefined {
  const location = header(answer, 'location');
  if (answer.status < 300 || answer.status > 399 || location === undefined) return undefined;
  return URL.canParse(location, answer.url) ? new URL(location, answer.url) : undefined;
}

/** In words. Of a redirect the query is left out: it holds the state of a login. */
export function seen(answer: Answer): string {
  const to = destination(answer);
  if (to !== undefined) return `${answer.status} to ${to.origin}${to.pathname}`;
  const type = header(answer, 'content-type')?.split(';')[0];
  return type === undefined ? String(answer.status) : `${answer.status} (${type})`;
}
