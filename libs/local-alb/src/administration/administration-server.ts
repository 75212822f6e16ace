import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';

import { type Counts } from '../counters.ts';
import { type Faults } from '../faults.ts';
import { parseJsonObject } from '../json.ts';
import { listen } from '../listen.ts';
import { type TargetDescription } from '../registered-target.ts';
import { readFaults } from './read-faults.ts';

/** What can be asked of a load balancer while it runs. */
export interface Administered {
  readonly counts: Counts;
  readonly faults: Faults;
  readonly targets: Readonly<Record<string, readonly TargetDescription[]>>;
  setFaults(faults: Faults): void;
  registerTarget(targetGroupArn: string, target: URL): void;
  deregisterTarget(targetGroupArn: string, target: URL): Promise<void>;
}

export interface AdministrationOptions {
  readonly port: number;
  readonly host: string;
  /** Whoever shows it may do everything. */
  readonly token: string;
}

export interface AdministrationServer {
  readonly url: string;
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** A body of more is not read. */
const maximumBytes = 16 * 1024;

/**
 * Opens the administration port: JSON over HTTP, for who shows the token.
 *
 * @throws {LocalAlbError} `PORT_IN_USE`, `LISTEN_FAILED`
 */
export async function openAdministration(
  administered: Administered,
  { port, host, token }: AdministrationOptions,
): Promise<AdministrationServer> {
  const server = createServer((incoming, response) => {
    void reply(administered, token, incoming).then(({ status, body }) => {
      response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(`${JSON.stringify(body)}\n`);
    });
  });
  const opened = await listen(server, { port, host, name: 'the administration port' });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${opened}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function reply(administered: Administered, token: string, incoming: IncomingMessage): Promise<Reply> {
  const { method = '', url = '' } = incoming;
  if (!shows(incoming.headers.authorization, token)) {
    incoming.resume();
    return problem(401, 'Show the token: "Authorization: Bearer <token>". The local ALB says where it is.');
  }
  const body = await readBody(incoming);
  if (body === undefined) return problem(413, 'The body is too long.');
  switch (`${method} ${url}`) {
    case 'GET /counts':
      return { status: 200, body: administered.counts };
    case 'GET /faults':
      return { status: 200, body: administered.faults };
    case 'PUT /faults':
      return setFaults(administered, parseJson(body));
    case 'DELETE /faults':
      return setFaults(administered, {});
    case 'GET /targets':
      return { status: 200, body: administered.targets };
    case 'POST /targets':
    case 'DELETE /targets':
      return changeTargets(administered, method, body);
    default:
      return problem(404, 'There are /faults (GET, PUT, DELETE), /targets (GET, POST, DELETE) and /counts (GET).');
  }
}

function setFaults(administered: Administered, given: unknown): Reply {
  const reading = readFaults(given);
  if (!reading.ok) return problem(400, reading.problem);
  administered.setFaults(reading.faults);
  return { status: 200, body: administered.faults };
}

function changeTargets(administered: Administered, method: string, body: string): Reply {
  const { targetGroup, url } = parseJsonObject(body) ?? {};
  const target = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  if (typeof targetGroup !== 'string' || target === undefined || !/^https?:$/.test(target.protocol)) {
    return problem(400, 'Give {"targetGroup": "<ARN>", "url": "http://127.0.0.1:3000"}.');
  }
  if (method === 'POST') administered.registerTarget(targetGroup, target);
  // It drains for as long as the delay is: GET /targets shows when it is gone.
  else void administered.deregisterTarget(targetGroup, target);
  return { status: 202, body: administered.targets };
}

/** Compared by digests: in a time that depends on neither. */
function shows(authorization: string | undefined, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}

async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= maximumBytes) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return length > maximumBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problem(status: number, message: string): Reply {
  return { status, body: { message } };
}
