import { type LoadBalancerAttributes } from '@gatehouse/listener';

import { type AlbRequest } from './alb-request.ts';

/** What a load balancer does about requests that two parties may read differently. @default 'defensive' */
export type DesyncMitigation = LoadBalancerAttributes['desyncMitigation'];

/**
 * How far a request is from RFC 7230, in the words of the access log.
 * Source: load-balancer-access-logs.html, "Classification reasons".
 */
export interface Classification {
  readonly classification: 'Acceptable' | 'Ambiguous';
  readonly reason:
    | 'NonCompliantHeader'
    | 'GetHeadZeroContentLength'
    | 'UndefinedContentLengthSemantics'
    | 'UndefinedTransferEncodingSemantics'
    | 'SuspiciousHeader';
}

/**
 * The class of a request, `undefined` when it complies. Severe ones (two lengths, length and chunks, malformed numbers,
 * blanks in the address) do not get here: the parser refuses them with 400, in every mode.
 */
export function classify(request: Pick<AlbRequest, 'method' | 'headers'>): Classification | undefined {
  let worst: Classification | undefined;
  for (const [name, value] of request.headers) {
    const found = classifyHeader(request.method, name.length < shortestFraming ? '' : name.toLowerCase(), value);
    if (found !== undefined && worst?.classification !== 'Ambiguous') worst = found;
  }
  return worst;
}

/** What a mode does with a class. Source: application-load-balancers.html, "Desync mitigation mode". */
export function mitigate(
  mode: DesyncMitigation,
  classification: Classification | undefined,
): 'route' | 'route-and-close' | 'refuse' {
  if (classification === undefined || mode === 'monitor') return 'route';
  if (mode === 'strictest') return 'refuse';
  return classification.classification === 'Ambiguous' ? 'route-and-close' : 'route';
}

const framing = new Set(['contentlength', 'transferencoding']);

/** No shorter name is one of these, however it is spelled. */
const shortestFraming = 'contentlength'.length;

function classifyHeader(method: string, name: string, value: string): Classification | undefined {
  const bodyless = method === 'GET' || method === 'HEAD';
  if (name === 'content-length') {
    if (!bodyless) return undefined;
    return value.trim() === '0'
      ? { classification: 'Acceptable', reason: 'GetHeadZeroContentLength' }
      : { classification: 'Ambiguous', reason: 'UndefinedContentLengthSemantics' };
  }
  if (name === 'transfer-encoding') {
    return bodyless ? { classification: 'Ambiguous', reason: 'UndefinedTransferEncodingSemantics' } : undefined;
  }
  if (framing.has(name.replaceAll(/[^a-z]/g, ''))) {
    return { classification: 'Ambiguous', reason: 'SuspiciousHeader' };
  }

  return /[^\t\x20-\x7e]/.test(value) ? { classification: 'Acceptable', reason: 'NonCompliantHeader' } : undefined;
}
