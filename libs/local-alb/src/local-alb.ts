import { randomBytes } from 'node:crypto';
import { Agent as TlsAgent } from 'node:https';
import { join } from 'node:path';
import { createSecureContext, rootCertificates } from 'node:tls';

import { type LoadBalancer } from '@gatehouse/listener';

import { openAdministration } from './administration/administration-server.ts';
import { openAlbKeys } from './alb-keys.ts';
import { type KnowsSecret } from './check-load-balancer.ts';
import { Counters, type Counts } from './counters.ts';
import { createRuntime } from './create-runtime.ts';
import { FaultPlayer, type Faults } from './faults.ts';
import { type Inspector, openInspector } from './inspector/inspector.ts';
import { openKeyEndpoint } from './key-endpoint.ts';
import { type ListenerAddress, ListenerSet } from './listener-set.ts';
import { type LocalAlbOptions } from './options.ts';
import { readOrCreatePrivateFile } from './private-file.ts';
import { type TargetDescription } from './registered-target.ts';
import { TargetConnections } from './target.ts';
import { Targets } from './targets.ts';

/** A load balancer that runs on this machine. */
export interface LocalAlb {
  /** The key `kid` is at `<publicKeysUrl>/<kid>`; TLS, with the certificate of the options. */
  readonly publicKeysUrl: string;
  /** Where faults, targets and counts are asked for, and the file of the token that has to be shown. */
  readonly administration?: { readonly url: string; readonly tokenFile: string };
  /** The page that shows each request. */
  readonly inspectorUrl?: string;
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
  const { tls, host = '127.0.0.1', clock = Date.now, resolveClientSecret } = options;
  const keys = await openAlbKeys(options.stateFolder);
  const trusted = options.trustedCa === undefined ? rootCertificates : [...rootCertificates, options.trustedCa];
  const secureContext = createSecureContext({ ca: [...trusted] });
  const connections = new TargetConnections(secureContext);
  let configured = options.loadBalancer;
  const targets = new Targets({
    tlsAgent: new TlsAgent({ secureContext }),
    secureContext,
    dispatcher: connections.dispatcher,
    targetGroups: () => configured.targetGroups,
    resolveTarget: options.resolveTarget ?? (() => undefined),
  });
  const faults = new FaultPlayer();
  const counters = new Counters();
  const opened: { close(): Promise<void> }[] = [];
  const knowsSecret: KnowsSecret = (action) => (resolveClientSecret?.(action) ?? '') !== '';
  const close = async (): Promise<void> => {
    targets.close();
    await Promise.all(opened.map((one) => one.close()));
    await connections.close();
  };
  try {
    const keyEndpoint = keep(
      opened,
      await openKeyEndpoint({ keys: [keys.signingKey], arn: configured.arn, tls, host }),
    );
    const inspector = await openedInspector(options, opened);
    const inspect: Inspector['show'] = (record) => inspector?.show(record);
    const runtime = createRuntime(options, { keys, secureContext, connections, targets, faults, counters, inspect });
    const listeners = keep(opened, new ListenerSet({ tls, host, runtime, counters, knowsSecret }));
    const alb = {
      publicKeysUrl: keyEndpoint.url,
      ...(inspector === undefined ? {} : { inspectorUrl: inspector.url }),
      update: async (loadBalancer: LoadBalancer) => {
        await listeners.update(loadBalancer);
        configured = loadBalancer;
        inspector?.redraw(loadBalancer, listeners.addresses);
      },
      registerTarget: (arn: string, target: URL) => targets.register(arn, target),
      deregisterTarget: (arn: string, target: URL) => targets.deregister(arn, target),
      targetHealth: (arn: string) => targets.describe(arn),
      setFaults: (changed: Faults) => faults.set(changed, clock()),
      close,
    };
    const live = {
      addresses: () => listeners.addresses,
      counts: (): Counts => ({ ...counters.counts, ...targets.hostCounts }),
      faults: () => faults.faults,
      targets: () => targets.described,
    };
    const administration = await openedAdministration(options, opened, withLive(alb, live));
    await alb.update(options.loadBalancer);
    return withLive({ ...alb, ...(administration === undefined ? {} : { administration }) }, live);
  } catch (error) {
    await close();
    throw error;
  }
}

type Live = Readonly<Record<string, () => unknown>>;

/** Adds what is read anew each time. */
function withLive<A extends object, L extends Live>(
  fixed: A,
  live: L,
): A & { readonly [K in keyof L]: ReturnType<L[K]> } {
  const getters = Object.entries(live).map(([name, get]) => [name, { get, enumerable: true }] as const);
  return Object.defineProperties({ ...fixed }, Object.fromEntries(getters)) as ReturnType<typeof withLive<A, L>>;
}

function keep<T extends { close(): Promise<void> }>(opened: { close(): Promise<void> }[], one: T): T {
  opened.push(one);
  return one;
}

async function openedInspector(
  { inspectorPort }: LocalAlbOptions,
  opened: { close(): Promise<void> }[],
): Promise<Inspector | undefined> {
  return inspectorPort === undefined ? undefined : keep(opened, await openInspector(inspectorPort));
}

async function openedAdministration(
  { administrationPort, host = '127.0.0.1', stateFolder }: LocalAlbOptions,
  opened: { close(): Promise<void> }[],
  administered: Parameters<typeof openAdministration>[0],
): Promise<LocalAlb['administration']> {
  if (administrationPort === undefined) return undefined;
  const tokenFile = join(stateFolder, 'administration.token');
  const token = await readOrCreatePrivateFile(tokenFile, () => randomBytes(32).toString('base64url'));
  const server = await openAdministration(administered, { port: administrationPort, host, token });
  return { url: keep(opened, server).url, tokenFile };
}
