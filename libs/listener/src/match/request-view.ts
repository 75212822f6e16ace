import { type IpAddress, readIp } from '../address/ip.ts';
import { type ListenerRequest } from '../model.ts';

/** A text ready to be compared, or undefined where no pattern can match it. */
export type Comparable = string | undefined;

export interface QueryPair {
  readonly key: Comparable;
  readonly value: Comparable;
}

/** What conditions look at, prepared at most once a request and only when a condition asks. */
export class RequestView {
  #host: { readonly text: Comparable } | undefined;
  #path: { readonly text: Comparable } | undefined;
  #source: { readonly address: IpAddress | undefined } | undefined;
  #query: readonly QueryPair[] | undefined;
  #headers: ReadonlyMap<string, readonly Comparable[]> | undefined;

  constructor(readonly request: ListenerRequest) {}

  /** In lower case. */
  get host(): Comparable {
    return (this.#host ??= { text: lowerCase(this.request.host) }).text;
  }

  get path(): Comparable {
    return (this.#path ??= { text: visible(this.request.path) }).text;
  }

  /** An IPv4 peer that is reported as IPv6 is IPv4; undefined where it is no address. */
  get source(): IpAddress | undefined {
    return (this.#source ??= { address: readIp(this.request.sourceIp) }).address;
  }

  /**
   * In lower case, in the order sent, not percent-decoded: the guide says nothing of decoding. A pair without `=` has
   * the empty value.
   */
  get query(): readonly QueryPair[] {
    return (this.#query ??= this.request.query
      .split('&')
      .filter((pair) => pair !== '')
      .map(queryPair));
  }

  /** The values of the header's fields in the order received, in lower case. @param name in lower case */
  header(name: string): readonly Comparable[] {
    this.#headers ??= headersByName(this.request.headers);
    return this.#headers.get(name) ?? [];
  }
}

/** Source: User Guide, "Condition basics": only visible ASCII is matched, control characters are excluded. */
function visible(text: string): Comparable {
  return /^[\x20-\x7e]*$/.test(text) ? text : undefined;
}

/** Checked before folding, as some letters outside ASCII (the Kelvin sign) fold into it. */
function lowerCase(text: string): Comparable {
  return visible(text)?.toLowerCase();
}

function queryPair(pair: string): QueryPair {
  const equals = pair.indexOf('=');
  return equals < 0
    ? { key: lowerCase(pair), value: '' }
    : { key: lowerCase(pair.slice(0, equals)), value: lowerCase(pair.slice(equals + 1)) };
}

function headersByName(headers: ListenerRequest['headers']): ReadonlyMap<string, readonly Comparable[]> {
  const byName = new Map<string, Comparable[]>();
  for (const [name, value] of headers) {
    const key = lowerCase(name);
    if (key === undefined) continue;
    const values = byName.get(key);
    if (values === undefined) byName.set(key, [lowerCase(value)]);
    else values.push(lowerCase(value));
  }
  return byName;
}
