import { createServer, type ServerResponse } from 'node:http';

import { type LoadBalancer } from '@gatehouse/listener';

import { listen } from '../listen.ts';
import { type ListenerAddress } from '../listener-set.ts';
import { type RequestRecord } from '../trail.ts';
import { draw } from './drawing.ts';
import { inspect, type Inspection } from './inspection.ts';
import { contentSecurityPolicy, page } from './page.ts';

/** So many requests are shown to a page that is opened later. */
const remembered = 100;

/** A page that is read slower than this many bytes behind is let go. */
const maximumBacklog = 4 * 1024 * 1024;

const host = '127.0.0.1';

/** A page that shows each request as it passes. */
export interface Inspector {
  readonly url: string;
  /** A request has been answered. */
  show(record: RequestRecord): void;
  /** A configuration holds from now on. */
  redraw(loadBalancer: LoadBalancer, addresses: readonly ListenerAddress[]): void;
  close(): Promise<void>;
}

/**
 * Opens the inspector, for this machine alone, whatever the load balancer listens on.
 *
 * @throws {LocalAlbError} `PORT_IN_USE`, `LISTEN_FAILED`
 */
export async function openInspector(port: number): Promise<Inspector> {
  const pages = new Set<ServerResponse>();
  let latest: Inspection[] = [];
  let drawing = eventText('listeners', []);
  let count = 0;
  const server = createServer((incoming, response) => {
    // A name that somebody let point to this machine is not its page (DNS rebinding).
    if (!names.has(incoming.headers.host ?? '')) return void response.writeHead(403, textHeaders).end('Forbidden');
    if (incoming.method !== 'GET') return void response.writeHead(405, textHeaders).end('Method Not Allowed');
    if (incoming.url === '/') return void response.writeHead(200, pageHeaders).end(page);
    if (incoming.url !== '/events') return void response.writeHead(404, textHeaders).end('Not Found');
    response.writeHead(200, { ...textHeaders, 'Content-Type': 'text/event-stream' });
    response.write(eventText('begin', {}) + drawing + latest.map((one) => eventText('request', one)).join(''));
    pages.add(response);
    response.on('close', () => pages.delete(response));
  });
  const opened = await listen(server, { port, host, name: 'the inspector' });
  const names = new Set([`${host}:${opened}`, `localhost:${opened}`]);
  const send = (text: string): void => {
    for (const response of pages) {
      if (response.writableLength > maximumBacklog) response.destroy();
      else response.write(text);
    }
  };
  return {
    url: `http://${host}:${opened}`,
    show: (record) => {
      const inspection = inspect(record, ++count);
      latest = [...latest, inspection].slice(-remembered);
      send(eventText('request', inspection));
    },
    redraw: (loadBalancer, addresses) => {
      drawing = eventText('listeners', draw(loadBalancer, addresses));
      send(drawing);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const textHeaders = {
  'Content-Type': 'text/plain',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
const pageHeaders = {
  ...textHeaders,
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': contentSecurityPolicy,
  'Referrer-Policy': 'no-referrer',
};

/** JSON has no line end of its own, so that one line is one event. */
function eventText(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
