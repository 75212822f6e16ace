import { Agent as TlsAgent } from 'node:https';
import { createSecureContext, rootCertificates } from 'node:tls';

import { type LoadBalancer } from '@gatehouse/listener';

import { openAlbKeys } from './alb-keys.ts';
import { Counters, type Counts } from './counters.ts';
import { createRuntime } from './create-runtime.ts';
import { FaultPlayer, type Faults } from './faults.ts';
import { openKeyEndpoint } from './key-endpoint.ts';
import { type ListenerAddress, ListenerSet } from './listener-set.ts';
import { type LocalAlbOptions } from './options.ts';
import { type TargetDescription } from './registered-target.ts';
import { TargetConnections } from './target.ts';
import { Targets } from './targets.ts';

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
  /** Adds a target to a target group; it gets requests once its health check has passed. */
  registerTarget(targetGroupArn: string, target: URL): void;
  /** Takes a target out. Resolves when it has finished its requests, or the deregistration delay is over. */
  deregisterTarget(targetGroupArn: string, target: URL): Promise<void>;
  /** The targets that are registered with a target group. */
  targetHealth(targetGroupArn: string): readonly TargetDescription[];
  /** The counts since the start, by their names in CloudWatch. */
  readonly counts: Counts;
  /** What is going wrong on purpose. */
  readonly faults: Faults;
  /** Lets things go wrong, in place of what did before; `{}` mends everything. */
  setFaults(faults: Faults): void;
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
  const connections = new TargetConnections(secureContext);
  const targets = new Targets({
    tlsAgent: new TlsAgent({ secureContext }),
    settingsOf: options.targetGroupSettings ?? (() => ({})),
    resolveTarget: options.resolveTarget ?? (() => undefined),
  });
  const faults = new FaultPlayer();
  const counters = new Counters();
  const runtime = createRuntime(options, {
    keys,
    secureContext,
    connections,
    targets,
    faults,
    counters,
    inspect: () => undefined,
  });
  const listeners = new ListenerSet({ tls, host, runtime, counters });
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
    registerTarget: (arn, target) => targets.register(arn, target),
    deregisterTarget: (arn, target) => targets.deregister(arn, target),
    targetHealth: (arn) => targets.describe(arn),
    get counts() {
      return counters.counts;
    },
    get faults() {
      return faults.faults;
    },
    setFaults: (changed) => faults.set(changed, clock()),
    close: async () => {
      targets.close();
      await Promise.all([listeners.close(), keyEndpoint.close()]);
      connections.close();
    },
  };
}
