import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Administrator } from '../state/administrator.ts';
import { CognitoError } from './cognito-error.ts';
import { type ApiContext } from './operation.ts';
import { operations } from './operations.ts';
import { requireSignature } from './signature.ts';

export interface ApiEndpointOptions extends ApiContext {
  readonly administrator: Administrator;
  /** `host:port` under which the pool is reached. */
  readonly hosts: () => ReadonlySet<string>;
}

/** A request with every attribute at its longest is smaller. */
const largestBody = 262_144;
const contentType = 'application/x-amz-json-1.1';
const targetPrefix = 'AWSCognitoIdentityProviderService.';

/**
 * The cognito-idp API: JSON 1.1 over `POST /`.
 *
 * A page of another site cannot call it: header and content type make a browser ask before (CORS), which nothing answers;
 * and a name that was made to point here (DNS rebinding) is not one of the pool's hosts.
 */
export function apiEndpoint(options: ApiEndpointOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { pool } = options;

  async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let status = 200;
    let answer: object;
    try {
      answer = await run(request, options);
    } catch (error) {
      const refused = error instanceof CognitoError ? error : internal(error);
      status = refused.code === 'InternalErrorException' ? 500 : 400;
      answer = { __type: refused.code, message: refused.message };
      response.setHeader('x-amzn-ErrorType', `${refused.code}:`);
      const target = String(request.headers['x-amz-target'] ?? '').slice(0, 100);
      const message = `${operations.has(operationOf(target)) ? operationOf(target) : 'an unknown operation'}: ${refused.code}`;
      pool.log({ level: 'warn', event: 'api_refused', message });
    }
    // What is left of a body that was too large would be read as the next request.
    if (!request.complete) response.setHeader('Connection', 'close');
    const body = JSON.stringify(answer);
    response.writeHead(status, {
      'Content-Type': contentType,
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'x-amzn-RequestId': randomUUID(),
    });
    response.end(body);
  }

  function internal(error: unknown): CognitoError {
    const message = error instanceof Error ? error.message : 'something was thrown that is no error';
    pool.log({ level: 'error', event: 'internal_error', message });
    return new CognitoError('InternalErrorException', 'The local user pool failed. Its log says more.');
  }

  return (request, response) => {
    // What is left to go wrong is a connection that is gone.
    answerTo(request, response).catch(() => response.destroy());
  };
}

async function run(request: IncomingMessage, options: ApiEndpointOptions): Promise<object> {
  const { headers } = request;
  if (!options.hosts().has((headers.host ?? '').toLowerCase())) {
    throw new CognitoError('AccessDeniedException', 'The Host header names no host of the local user pool.');
  }
  const type = (headers['content-type'] ?? '').toLowerCase();
  const operation = operations.get(operationOf(String(headers['x-amz-target'] ?? '')));
  if (!operation || (type !== contentType && !type.startsWith(`${contentType};`))) {
    throw new CognitoError('UnknownOperationException', 'The operation is not offered by the local user pool.');
  }
  const body = await readBody(request);
  if (operation.access === 'administrator') {
    const { administrator, pool } = options;
    // The signer's clock is this machine's, whatever the pool's says.
    await requireSignature({ headers, body }, { administrator, region: pool.settings().region, now: Date.now() });
  }
  return operation.run(parse(body), options);
}

function operationOf(target: string): string {
  return target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : '';
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    // The parser quotes what it could not read, which may be a password.
    throw new CognitoError('SerializationException', 'The body is not JSON.');
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The socket has to outlive a body that is not read to its end: the answer goes over it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new CognitoError('SerializationException', 'The body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
