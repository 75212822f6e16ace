import { STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';

import { type Log } from '../log/log.ts';

/** What is wrong with bytes that are no request. */
export interface Malformed {
  readonly status: 400 | 408 | 431;
  readonly code: string;
}

/** By the code of Node's parser. */
export function readMalformed(errorCode: string | undefined): Malformed {
  if (errorCode === 'HPE_HEADER_OVERFLOW') return { status: 431, code: 'HEADERS_TOO_LARGE' };
  if (errorCode === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, code: 'REQUEST_TIMEOUT' };
  return { status: 400, code: 'MALFORMED_REQUEST' };
}

/**
 * Answers what Node cannot read as a request, which no route and no hook ever sees, and gives it its line in the log. Of
 * the error no more than its code is looked at: it carries the bytes that came.
 */
export function refuseMalformed(log: Log): (error: { readonly code?: string }, socket: Socket) => void {
  return (error, socket) => {
    // Nobody is there any more to be answered.
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const { status, code } = readMalformed(error.code);
    log.info({ status, code, ip: socket.remoteAddress ?? 'unknown' }, 'request');
    if (socket.writable) socket.write(answer({ status, code }));
    socket.destroy();
  };
}

function answer({ status, code }: Malformed): string {
  const body = JSON.stringify({ code, statusCode: status });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    'Cache-Control: no-store',
    'Connection: close',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}
