import { type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { ModulesContainer, Reflector } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { ClaimsError } from '../../error.ts';
import { type CheckedSettings } from '../../settings.ts';
import { type User } from '../../user.ts';
import { type ClaimsEdges } from '../../verifier.ts';
import { ClaimsException } from '../claims.exception.ts';
import { Gatekeeper } from '../gatekeeper.ts';
import { type ClosedAccess } from '../route-access.ts';
import { CLAIMS_EDGES, CLAIMS_SETTINGS } from '../tokens.ts';
import { accessTokenExpiry } from './expiry.ts';
import { type Address, gatewaysAt, upgradeAccess } from './gateways.ts';
import { type Client, LiveConnection } from './live-connection.ts';
import { checkOrigin } from './origin.ts';
import { checkWsOptions, type CheckedWsOptions, type ClaimsWsOptions } from './ws-options.ts';

/** The parts of the `ws` package that are used here. */
interface Server {
  readonly clients: Iterable<Client>;
  on(event: 'connection', listener: (client: Client, request: IncomingMessage) => void): unknown;
}
/** Answers a request for an upgrade: makes the WebSocket, or answers by HTTP. */
type Verdict = (verified: boolean, status?: number, body?: string, headers?: Record<string, string>) => void;

/** RFC 6455, section 7.4.1: the server goes down, and nothing is wrong with the session. A page connects again. */
const GOING_AWAY = 1001;

/** How long clients may take to answer the goodbye (RFC 6455, section 7.1.1), before they are cut off. */
const GOODBYE_MS = 1000;

const JSON_BODY = { 'Content-Type': 'application/json; charset=utf-8' };

/**
 * Lets WebSockets in as the guard lets requests in: who is not believed is refused at the upgrade, with an HTTP answer,
 * and no connection is made. What is accepted is closed with code 4401 when the session is over.
 *
 * For an application with `ClaimsModule`: `app.useWebSocketAdapter(new ClaimsWsAdapter(app, options))`.
 */
export class ClaimsWsAdapter extends WsAdapter {
  private readonly options: CheckedWsOptions;
  private readonly claimsLogger = new Logger('Claims');
  /** Not `request.user`, which anybody's code could set. */
  private readonly admitted = new WeakMap<IncomingMessage, User>();

  /**
   * @throws {ClaimsError} `CONFIGURATION_INVALID`
   */
  constructor(
    private readonly app: INestApplicationContext,
    options: ClaimsWsOptions,
  ) {
    super(app);
    this.options = checkWsOptions(options);
  }

  /** @throws {ClaimsError} `CONFIGURATION_INVALID` for a gateway whose own options would take the check's place */
  override create(port: number, options: Readonly<Record<string, unknown>> = {}): Server {
    const taken = ['verifyClient', 'server'].find((name) => options[name] !== undefined);
    if (taken !== undefined) {
      throw new ClaimsError('CONFIGURATION_INVALID', `a gateway sets ${taken}, which ClaimsWsAdapter needs for itself`);
    }
    const address = { port, path: options['path'] as string | undefined };
    const verifyClient = ({ req }: { req: IncomingMessage }, done: Verdict): void =>
      void this.judge(req, address, done);
    const server = super.create(port, { ...options, verifyClient }) as Server;
    // The first listener, so that a gateway's handleConnection comes after it.
    server.on('connection', (client, request) => this.begin(client, request));
    return server;
  }

  /** The application ends: every client is told so, before the connections of those are cut off that do not answer. */
  override async close(server: Server): Promise<void> {
    // Whoever comes while the others are waited for.
    server.on('connection', (client) => client.close(GOING_AWAY, ''));
    const gone = [...server.clients].map(
      (client) =>
        new Promise<void>((resolve) => {
          client.once('close', resolve);
          client.close(GOING_AWAY, '');
        }),
    );
    await Promise.race([Promise.all(gone), delay(GOODBYE_MS, undefined, { ref: false })]);
    await super.close(server);
  }

  private async judge(request: IncomingMessage, address: Address, done: Verdict): Promise<void> {
    try {
      const access = upgradeAccess(this.app.get(Reflector), gatewaysAt(this.app.get(ModulesContainer), address));
      if (access.public) return done(true);
      await this.admit(request, access, done);
    } catch (fault) {
      this.claimsLogger.error(fault);
      done(false, 500, JSON.stringify({ statusCode: 500, message: 'Internal server error' }), JSON_BODY);
    }
  }

  private async admit(request: IncomingMessage, access: ClosedAccess, done: Verdict): Promise<void> {
    const gatekeeper = this.app.get(Gatekeeper, { strict: false });
    try {
      // Who it is comes first, so that 401 says nothing about origins.
      const user = await gatekeeper.admit(request, access);
      checkOrigin(request.rawHeaders, this.options.allowedOrigins, user.via === 'alb');
      this.admitted.set(request, user);
      done(true);
    } catch (reason) {
      const { error, challenge } = gatekeeper.refusal(request, access, reason);
      const body = JSON.stringify(new ClaimsException(error).getResponse());
      done(false, error.status, body, { ...JSON_BODY, ...(challenge && { 'WWW-Authenticate': challenge }) });
    }
  }

  /** Of a public gateway there is no user, and so no connection that is known. */
  private begin(client: Client, request: IncomingMessage): void {
    const user = this.admitted.get(request);
    if (user === undefined) return;
    const settings = this.app.get<CheckedSettings>(CLAIMS_SETTINGS, { strict: false });
    const { isEnded = () => false, now = Date.now } = this.app.get<ClaimsEdges>(CLAIMS_EDGES, { strict: false });
    const { maxAgeSeconds, pollSeconds } = this.options;
    const lastSecond = accessTokenExpiry(user, request.rawHeaders) + settings.clockToleranceSeconds;
    const leftSeconds = lastSecond - now() / 1000;
    const endsIn = 1000 * Math.min(leftSeconds, maxAgeSeconds ?? leftSeconds);
    const pollEvery = pollSeconds === null ? null : 1000 * pollSeconds;
    new LiveConnection(user, client, { endsIn, pollEvery, isEnded });
  }
}
