import { Logger } from '@nestjs/common';
import { WsException } from '@nestjs/websockets';
import { ClaimsError, type ClaimsErrorCode } from '../../error.ts';
import { type User } from '../../user.ts';
import { type Connection, connections } from '../connections.ts';
import { type ClosedAccess, requireAccess } from '../route-access.ts';

/** The part of a WebSocket that is used here. */
export interface Client {
  close(code: number, reason: string): void;
  once(event: 'close', listener: () => void): unknown;
}

/** How long a connection may live, and who knows whether its session has ended. */
export interface Lifetime {
  /** Milliseconds from now. */
  readonly endsIn: number;
  /** Milliseconds; null is never. */
  readonly pollEvery: number | null;
  readonly isEnded: (user: User) => boolean | Promise<boolean>;
}

/**
 * Close code of a session that has ended. Of the range for applications (RFC 6455, section 7.4.2), with the number of
 * the HTTP status, so that a page can tell "connect again, maybe after a login" from 1008 and from a lost network.
 */
export const SESSION_OVER = 4401;

/** RFC 6455, section 7.4.1: the server could not do what was asked of it. */
const INTERNAL_ERROR = 1011;

/** What a timer can hold, some 25 days; a longer one would fire at once. */
const MAX_DELAY = 2 ** 31 - 1;

const logger = new Logger('Claims');

/** A verified connection, which is closed, and no longer known, once its session is over. */
export class LiveConnection implements Connection {
  private readonly timers: readonly NodeJS.Timeout[];

  constructor(
    readonly user: User,
    private readonly client: Client,
    private readonly lifetime: Lifetime,
  ) {
    const expired = user.via === 'alb' ? 'ACCESS_TOKEN_EXPIRED' : 'BEARER_EXPIRED';
    const { endsIn, pollEvery } = lifetime;
    this.timers = [
      setTimeout(() => this.end(SESSION_OVER, expired), Math.min(Math.max(endsIn, 0), MAX_DELAY)),
      ...(pollEvery === null ? [] : [setInterval(() => void this.isOver(), pollEvery)]),
    ];
    for (const timer of this.timers) timer.unref();
    client.once('close', () => this.forget());
    connections.set(client, this);
  }

  async check(access: ClosedAccess): Promise<void> {
    try {
      if (await this.isOver()) throw new ClaimsError('SESSION_ENDED');
      requireAccess(this.user, access);
    } catch (error) {
      if (!(error instanceof ClaimsError)) throw error;
      logger.warn(`${error.code}: ${error.message}`);
      throw new WsException({ code: error.code, statusCode: error.status });
    }
  }

  /** Where it cannot be told, the connection is over too: to go on would be to believe without knowing. */
  private async isOver(): Promise<boolean> {
    try {
      if (await this.lifetime.isEnded(this.user)) this.end(SESSION_OVER, 'SESSION_ENDED');
    } catch (error) {
      logger.error(error);
      this.end(INTERNAL_ERROR, '');
    }
    return connections.get(this.client) !== this;
  }

  private end(code: number, reason: ClaimsErrorCode | ''): void {
    this.forget();
    this.client.close(code, reason);
  }

  private forget(): void {
    this.timers.forEach(clearTimeout);
    connections.delete(this.client);
  }
}
