import { type Dispatcher, errors, request } from 'undici';

import { type FunctionEvent } from './function-event.ts';
import { type FunctionErrorReason } from './function-fault.ts';

/** "The maximum size of the response JSON that the Lambda function can send is 1 MB": lambda-functions.html, "Limits". */
const maximumResponseBytes = 1024 * 1024;

/** Where the Lambda runtime interface emulator takes events; SAM and others have the function's name in it. */
const invocationPath = '/2015-03-31/functions/function/invocations';

export type Invocation = { readonly json: string } | { readonly fault: FunctionErrorReason };

export interface InvocationOptions {
  readonly dispatcher: Dispatcher;
  /** Ends the waiting; what the function does is done. */
  readonly signal: AbortSignal;
}

/**
 * Invokes a function by the Lambda API's `Invoke`, and waits for as long as it takes: the time is the function's.
 *
 * @param target where the API is; the path is that of the runtime interface emulator where it has none
 */
export async function invokeFunction(
  target: URL,
  event: FunctionEvent,
  { dispatcher, signal }: InvocationOptions,
): Promise<Invocation> {
  const url = new URL(target);
  if (url.pathname === '/') url.pathname = invocationPath;
  try {
    const { statusCode, headers, body } = await request(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(event),
      dispatcher,
      signal,
    });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body) {
      length += (chunk as Buffer).length;
      if (length > maximumResponseBytes) return { fault: 'LambdaResponseTooLarge' };
      chunks.push(chunk as Buffer);
    }
    if (statusCode !== 200) return { fault: faultOf(statusCode) };
    if (headers['x-amz-function-error'] !== undefined) return { fault: 'LambdaUnhandled' };
    return { json: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    const late = error instanceof errors.ConnectTimeoutError;
    return { fault: late ? 'LambdaConnectionTimeout' : 'LambdaConnectionError' };
  }
}

/** Source: Lambda API, `Invoke`, "Errors". */
function faultOf(status: number): FunctionErrorReason {
  if (status === 403) return 'LambdaAccessDenied';
  if (status === 404) return 'LambdaResourceNotFound';
  return status === 429 ? 'LambdaThrottling' : 'LambdaServiceException';
}
