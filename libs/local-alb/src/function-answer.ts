import { validateHeaderName, validateHeaderValue } from 'node:http';

import { type FunctionTargetGroup } from '@gatehouse/listener';
import { z } from 'zod';

import { type Header } from './alb-request.ts';
import { type FunctionErrorReason } from './function-fault.ts';
import { clientHeaders } from './headers.ts';

/** What a function answers a request with. */
export interface FunctionAnswer {
  readonly status: number;
  /** Without those of a connection, and the length, which is the load balancer's to say. */
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

const single = z.object({ headers: z.record(z.string(), z.string()).default({}) });
const multiple = z.object({ multiValueHeaders: z.record(z.string(), z.array(z.string())).default({}) });

const common = z.object({
  statusCode: z.int().min(200).max(599),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** RFC 4648 section 4: nothing beside the alphabet, no line ends. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A function that threw: what its runtime says of it. */
const thrown = z.object({ errorType: z.string(), errorMessage: z.string(), statusCode: z.undefined().optional() });

/**
 * Reads what a function returned. Only the headers of the group's shape count.
 * Source: lambda-functions.html, "Respond to the load balancer", "Multi-value headers".
 */
export function readFunctionAnswer(
  json: string,
  { lambda }: Pick<FunctionTargetGroup, 'lambda'>,
): FunctionAnswer | FunctionErrorReason {
  let returned: unknown;
  try {
    returned = JSON.parse(json);
  } catch {
    return 'LambdaInvalidResponse';
  }
  if (thrown.safeParse(returned).success) return 'LambdaUnhandled';
  const read = common.safeParse(returned);
  const headers = readHeaders(returned, lambda.multiValueHeaders);
  if (!read.success || headers === undefined) return 'LambdaInvalidResponse';
  const { statusCode, body, isBase64Encoded } = read.data;
  if (isBase64Encoded && !base64.test(body)) return 'LambdaInvalidResponse';
  return { status: statusCode, headers, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
}

function readHeaders(returned: unknown, multiValueHeaders: boolean): readonly Header[] | undefined {
  const read = multiValueHeaders ? multiple.safeParse(returned) : single.safeParse(returned);
  if (!read.success) return undefined;
  const named = 'multiValueHeaders' in read.data ? read.data.multiValueHeaders : read.data.headers;
  const headers = Object.entries(named).flatMap(([name, values]) => [values].flat().map((one) => [name, one] as const));
  if (!headers.every(isHeader)) return undefined;
  return clientHeaders(headers, []).filter(([name]) => name.toLowerCase() !== 'content-length');
}

/** What could be taken for the end of a header, or of the head, never gets there. */
function isHeader([name, value]: Header): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
