import { type Listener, type LoadBalancer } from '@gatehouse/listener';

import { checkLoadBalancer, type KnowsSecret } from './check-load-balancer.ts';
import { type Counters } from './counters.ts';
import { type Exchange } from './exchange.ts';
import { type ListenerServer, openListener, type TlsCredentials } from './listener-server.ts';
import { type Runtime } from './runtime.ts';
import { serveExchange } from './serve-exchange.ts';

/** Where a listener listens. */
export interface ListenerAddress {
  /** The Terraform address of the listener. */
  readonly listener: string;
  readonly protocol: Listener['protocol'];
  readonly host: string;
  readonly port: number;
}

export interface ListenerSetOptions {
  readonly tls: TlsCredentials;
  readonly host: string;
  readonly runtime: Runtime;
  readonly counters: Counters;
  readonly knowsSecret: KnowsSecret;
}

interface Open {
  readonly listener: Listener;
  readonly server: ListenerServer;
}

interface Current {
  readonly loadBalancer: LoadBalancer;
  /** By {@link identity}. */
  readonly open: ReadonlyMap<string, Open>;
}

/** The sockets of a load balancer, and which configuration they serve. */
export class ListenerSet {
  readonly #options: ListenerSetOptions;
  #current: Current | undefined;
  #closed = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ListenerSetOptions) {
    this.#options = options;
  }

  get addresses(): readonly ListenerAddress[] {
    return [...(this.#current?.open.values() ?? [])].map(({ listener, server }) => ({
      listener: listener.address,
      protocol: listener.protocol,
      host: this.#options.host,
      port: server.port,
    }));
  }

  /** One at a time. @throws {LocalAlbError} and leaves everything as it was */
  update(loadBalancer: LoadBalancer): Promise<void> {
    return this.#enqueue(() => this.#update(loadBalancer));
  }

  close(): Promise<void> {
    return this.#enqueue(async () => {
      this.#closed = true;
      await closeAll(this.#current?.open.values() ?? []);
      this.#current = undefined;
    });
  }

  async #update(loadBalancer: LoadBalancer): Promise<void> {
    if (this.#closed) return;
    checkLoadBalancer(loadBalancer, this.#options.knowsSecret);
    const before = this.#current?.open ?? new Map<string, Open>();
    await closeAll(changedProtocol(before, loadBalancer));
    const open = new Map<string, Open>();
    const opened: Open[] = [];
    try {
      for (const listener of loadBalancer.listeners) {
        const key = identity(listener);
        const server = before.get(key)?.server ?? (await this.#open(listener, key));
        open.set(key, { listener, server });
        if (!before.has(key)) opened.push({ listener, server });
      }
    } catch (error) {
      await closeAll(opened);
      throw error;
    }
    this.#current = { loadBalancer, open };
    await closeAll([...before].filter(([key]) => !open.has(key)).map(([, gone]) => gone));
  }

  #open(listener: Listener, key: string): Promise<ListenerServer> {
    const { tls, host, counters } = this.#options;
    return openListener(listener, {
      tls,
      host,
      counters,
      serve: (exchange) => void this.#serve(exchange, key),
      headerModification: () => this.#current?.open.get(key)?.listener.headerModification,
    });
  }

  async #serve(exchange: Exchange, key: string): Promise<void> {
    const current = this.#current;
    const found = current?.open.get(key);
    if (current === undefined || found === undefined) {
      // Between the opening of the port and the first configuration, or after its last.
      exchange.response.destroy();
      return;
    }
    const { listener, server } = found;
    const { loadBalancer } = current;
    await serveExchange(exchange, { loadBalancer, listener, port: server.port }, this.#options.runtime);
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(task);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

/** Two configurations mean the same socket by this; a free port belongs to the listener that asked for one. */
function identity({ protocol, port, address }: Listener): string {
  return port === 0 ? `${protocol} ${address}` : `${protocol} ${port}`;
}

/** Listeners whose port the new configuration gives to another protocol: they must go before it can be taken. */
function changedProtocol(open: ReadonlyMap<string, Open>, { listeners }: LoadBalancer): readonly Open[] {
  return [...open.values()].filter(({ listener }) =>
    listeners.some(({ port, protocol }) => port !== 0 && port === listener.port && protocol !== listener.protocol),
  );
}

async function closeAll(listeners: Iterable<Open>): Promise<void> {
  await Promise.all([...listeners].map(({ server }) => server.close()));
}
