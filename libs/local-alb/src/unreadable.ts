import { type Duplex } from 'node:stream';

import { type HeaderModification } from '@gatehouse/listener';

import { pageAnswer } from './answer.ts';
import { modifiedOwnHeaders } from './header-modification.ts';

/** Node's codes for what its parser refuses, where they have a status of their own. */
const statusOf: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_INVALID_TRANSFER_ENCODING: 501,
  HPE_INVALID_VERSION: 505,
};

/** What Node tells about a request that it cannot read. */
export interface ParseError extends Error {
  readonly code?: string;
  readonly reason?: string;
}

function statusFor({ code = '', reason = '' }: ParseError): number {
  // The same code stands for a length beside the chunks, which is no matter of the encoding.
  return reason.includes('Content-Length') ? 400 : (statusOf[code] ?? 400);
}

/** Answers what cannot be read as a request, and ends the connection: nobody knows where the next request would begin. */
export function answerUnreadable(
  error: ParseError,
  socket: Duplex,
  modification: HeaderModification | undefined,
): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = pageAnswer(statusFor(error));
  const own = modifiedOwnHeaders(headers, modification);
  const head = [...own, ['Connection', 'close'] as const].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const [, title = ''] = /<title>\d+ ([^<]*)/.exec(body) ?? [];
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${head}\r\n${body}`);
}
