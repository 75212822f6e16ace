import { isIP } from 'node:net';

import { type FastifyRequest } from 'fastify';

/**
 * Who asks, as the load balancer saw it: the right-most entry of X-Forwarded-For (see `trustProxy`), where that is an
 * address; else the peer itself, so that no text of a client's choice is taken for one.
 */
export function clientAddress({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  return isIP(ip) === 0 ? (socket.remoteAddress ?? 'unknown') : ip;
}
