import { Agent as TlsAgent } from 'node:https';
import { createSecureContext, rootCertificates } from 'node:tls';

import { type AuthenticateCognitoAction, type LoadBalancer, type TargetGroup } from '@gatehouse/listener';

import { openAlbKeys } from './alb-keys.ts';
import { type AlbEvent } from './event.ts';
import { openKeyEndpoint } from './key-endpoint.ts';
import { type TlsCredentials } from './listener-server.ts';
import { type ListenerAddress, ListenerSet } from './listener-set.ts';
import { type Runtime } from './runtime.ts';
import { SealedBox } from './sealed-box.ts';
import { TargetConnections } from './target.ts';
import { createUserPool, type UserPoolEndpoints } from './user-pool.ts';

export interface LocalAlbOptions {
  /** A listener with port 0 gets a free one. */
  readonly loadBalancer: LoadBalancer;
  /** Holds the keys of sessions and signatures; made for its owner alone. What was signed outlives a restart. */
  readonly stateFolder: string;
  /** Serves the HTTPS listeners and the key endpoint. */
  readonly tls: TlsCredentials;
  /**
   * PEM, trusted besides the well-known authorities when the user pool and HTTPS targets are called.
   *
   * @default none
   */
  readonly trustedCa?: string;
  /** Asked for every request, so that a target can be replaced while it runs. `undefined` answers 503. */
  readonly resolveTarget: (targetGroup: TargetGroup) => URL | undefined;
  /** Asked for every request that meets the action. */
  readonly resolveUserPool: (action: AuthenticateCognitoAction) => UserPoolEndpoints;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** Told about each request, without any secret. @default nobody is */
  readonly log?: (event: AlbEvent) => void;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
}

/** A load balancer that runs on this machine. */
export interface LocalAlb {
  /** The key `kid` is at `<publicKeysUrl>/<kid>`; TLS, with the certificate of the options. */
  readonly publicKeysUrl: string;
  /** In the order of the configuration. */
  readonly addresses: readonly ListenerAddress[];
  /**
   * Takes a new configuration. Rules hold from the next request on, listeners that are gone are closed, sessions stay.
   * When it fails the old configuration goes on.
   *
   * @throws {LocalAlbError} `INVALID_LISTENER`, `PORT_IN_USE`, `LISTEN_FAILED`
   */
  update(loadBalancer: LoadBalancer): Promise<void>;
  /** Stops listening and breaks every connection. */
  close(): Promise<void>;
}

/**
 * Runs a load balancer on this machine, login included, as AWS documents it.
 *
 * @throws {LocalAlbError} `INVALID_LISTENER`, `PORT_IN_USE`, `LISTEN_FAILED`, `STATE_UNUSABLE`
 */
export async function startLocalAlb(options: LocalAlbOptions): Promise<LocalAlb> {
  const { tls, host = '127.0.0.1', clock = Date.now } = options;
  const keys = await openAlbKeys(options.stateFolder);
  const trusted = options.trustedCa === undefined ? rootCertificates : [...rootCertificates, options.trustedCa];
  const secureContext = createSecureContext({ ca: [...trusted] });
  const box = new SealedBox(keys.sessionKey);
  const pool = createUserPool({ tlsAgent: new TlsAgent({ secureContext }) });
  const connections = new TargetConnections(secureContext);
  const runtime: Runtime = {
    connections,
    resolveTarget: options.resolveTarget,
    now: clock,
    random: Math.random,
    log: options.log ?? ((): void => undefined),
    authentication: () => ({
      box,
      pool,
      signingKey: keys.signingKey,
      now: clock(),
      endpointsOf: options.resolveUserPool,
    }),
  };
  const listeners = new ListenerSet({ tls, host, runtime });
  const keyEndpoint = await openKeyEndpoint({ keys: [keys.signingKey], tls, host });
  try {
    await listeners.update(options.loadBalancer);
  } catch (error) {
    await keyEndpoint.close();
    throw error;
  }
  return {
    publicKeysUrl: keyEndpoint.url,
    get addresses() {
      return listeners.addresses;
    },
    update: (loadBalancer) => listeners.update(loadBalancer),
    close: async () => {
      await Promise.all([listeners.close(), keyEndpoint.close()]);
      connections.close();
    },
  };
}
