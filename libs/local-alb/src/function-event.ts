import { type FunctionTargetGroup } from '@gatehouse/listener';

import { type Header, headerValue } from './alb-request.ts';

/**
 * What a Lambda function is invoked with. Headers and parameters are in one of two shapes, by an attribute of the group.
 * Source: lambda-functions.html, "Receive events from the load balancer", "Multi-value headers".
 */
export type FunctionEvent = {
  readonly requestContext: { readonly elb: { readonly targetGroupArn: string } };
  readonly httpMethod: string;
  readonly path: string;
  readonly body: string;
  readonly isBase64Encoded: boolean;
} & (SingleValues | MultiValues);

/** Of a name that comes several times, the last value. */
interface SingleValues {
  readonly queryStringParameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

interface MultiValues {
  readonly multiValueQueryStringParameters: Readonly<Record<string, readonly string[]>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
}

export interface FunctionRequest {
  readonly method: string;
  readonly path: string;
  /** As sent. */
  readonly query: string;
  /** With those of the load balancer. */
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** `undefined` when headers, or a body that is handed on as text, are not UTF-8. */
export function functionEvent(
  { method, path, query, headers, body }: FunctionRequest,
  { arn, lambda }: Pick<FunctionTargetGroup, 'arn' | 'lambda'>,
): FunctionEvent | undefined {
  const asText = isText(headers);
  const text = asText ? utf8(body) : undefined;
  // Header fields are bytes; as Node reads them, each is a character.
  const pairs = headers.map(([name, value]) => [name.toLowerCase(), utf8(Buffer.from(value, 'latin1'))] as const);
  if ((asText && text === undefined) || !pairs.every((pair): pair is Header => pair[1] !== undefined)) return undefined;
  const common = {
    requestContext: { elb: { targetGroupArn: arn } },
    httpMethod: method,
    path,
    body: text ?? body.toString('base64'),
    isBase64Encoded: !asText && body.length > 0,
  };
  const parameters = readParameters(query);
  return lambda.multiValueHeaders
    ? { ...common, multiValueQueryStringParameters: listed(parameters), multiValueHeaders: listed(pairs) }
    : { ...common, queryStringParameters: Object.fromEntries(parameters), headers: Object.fromEntries(pairs) };
}

/** The event of a health check. Source: lambda-functions.html, "Enable health checks". */
export function healthCheckEvent(
  path: string,
  group: Pick<FunctionTargetGroup, 'arn' | 'lambda'>,
): FunctionEvent | undefined {
  const headers = [['user-agent', 'ELB-HealthChecker/2.0']] as const;
  return functionEvent({ method: 'GET', path, query: '', headers, body: Buffer.alloc(0) }, group);
}

/**
 * Whether the body is handed on as it is, and not in Base64.
 * Source: lambda-functions.html, "Receive events from the load balancer".
 */
function isText(headers: readonly Header[]): boolean {
  if (headerValue({ headers }, 'content-encoding') !== undefined) return false;
  const type = headerValue({ headers }, 'content-type') ?? '';
  return /^\s*(?:text\/|application\/(?:json|javascript|xml)\s*(?:;|$))/i.test(type);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Nothing of the query is decoded: the function does that. */
function readParameters(query: string): readonly Header[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    });
}

function listed(pairs: readonly Header[]): Readonly<Record<string, readonly string[]>> {
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const list = lists.get(name);
    if (list === undefined) lists.set(name, [value]);
    else list.push(value);
  }
  return Object.fromEntries(lists);
}
