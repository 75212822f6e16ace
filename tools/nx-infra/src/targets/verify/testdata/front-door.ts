import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import https from 'node:https';
import { type AddressInfo } from 'node:net';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type SecureContextOptions } from 'node:tls';

import { ensureLocalAuthority, type LocalAuthority } from '@gatehouse/local-alb';

import { InfraError } from '../../../errors.ts';
import { describeLogin } from '../../../local/description.ts';
import { type Login, startLogin } from '../../../local/login.ts';
import { freePort } from '../../../local/preflight.ts';
import { type Finding } from '../../../progress/finding.ts';
import { Progress } from '../../../progress/progress.ts';
import { synthesize } from '../../../synth/synthesize.ts';
import { type TargetResult } from '../../target.ts';
import { type Workspace, workspace } from '../../../testing/workspace.ts';
import { lookup, type Outside } from '../outside.ts';
import { verify, type VerifyOptions } from '../verify.ts';
import { changed, described, parse, type Ports, served } from './described.ts';

export const WORKSPACE = join(import.meta.dirname, '..', '..', '..', '..', '..', '..');
/** A login that starts, and is looked at, on a loaded machine. */
export const LONGEST_MS = 120_000;
const HOST = '127.0.0.1';

export interface Altered {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** What is wrong with a front door, each at its own place; nothing where it is left out. */
export interface Fault {
  /** Of the JSON of all stacks, as it is served: what is verified stays as it was. */
  readonly stacks?: (json: string) => string;
  /** Behind the load balancer. */
  readonly application?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Before the load balancer. Undefined never answers. */
  readonly answer?: (answer: Altered, request: IncomingMessage) => Altered | undefined;
  readonly tls?: SecureContextOptions;
}

export interface Verified {
  readonly findings: readonly Finding[];
  readonly lines: readonly string[];
  /** Undefined where something was wrong. */
  readonly result: TargetResult | undefined;
  /** Undefined where all was well. */
  readonly error: InfraError | undefined;
  /** The checks that failed, each once. */
  readonly failed: readonly string[];
}

/** A whole login on free ports: proxy, local load balancer, local user pool, application; each can be made to fail. */
export class FrontDoor {
  #fault: Fault = {};
  /** Another target than the application of the fault. */
  target: URL | undefined;

  private constructor(
    private readonly parts: {
      readonly folder: string;
      readonly house: Workspace;
      readonly authority: LocalAuthority;
      readonly json: string;
      readonly ports: Ports;
      readonly login: () => Login;
      readonly proxy: https.Server;
      readonly application: Server;
    },
  ) {}

  static async open(): Promise<FrontDoor> {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-verify-'));
    await symlink(join(WORKSPACE, 'stacks'), join(folder, 'stacks'));
    const { stacks } = await synthesize({ root: folder, environment: 'local' });
    const ports: Ports = {
      public: await freePort(HOST),
      http: await freePort(HOST),
      inner: await freePort(HOST),
      pool: await freePort(HOST),
    };
    const json = described(Object.fromEntries([...stacks].map(([name, { terraform }]) => [name, terraform])), ports);
    const house = await workspace(
      Object.fromEntries(Object.entries(parse(json)).map(([name, terraform]) => [name, { json: terraform }])),
    );
    // The same folder and hosts as the login's, so that both have the same authority and certificate.
    const hosts = ['app.localhost', 'gatehouse-local.auth.localhost', 'localhost', HOST];
    const authority = await ensureLocalAuthority(join(folder, 'certificate'), hosts);
    const started: { login?: Login } = {};
    const door: FrontDoor = new FrontDoor({
      folder,
      house,
      authority,
      json,
      ports,
      login: () => started.login as Login,
      proxy: https.createServer(authority, (request, response) => void door.relay(request, response)),
      application: createServer((request, response) => (door.#fault.application ?? honest)(request, response)),
    });
    const { proxy, application } = door.parts;
    proxy.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => proxy.listen(ports.public, HOST, resolve));
    await new Promise<void>((resolve) => application.listen(0, HOST, resolve));
    started.login = await startLogin({
      description: describeLogin(served(json, ports)),
      stateFolder: folder,
      usersFile: join(WORKSPACE, 'apps', 'auth', 'users.local.json'),
      poolPort: ports.pool,
      applicationUrl: () => door.target ?? new URL(`http://${HOST}:${(application.address() as AddressInfo).port}`),
      onEvent: () => undefined,
    });
    return door;
  }

  /** A folder that goes with the door. */
  get folder(): string {
    return this.parts.folder;
  }

  /** The variables of an application behind this door. */
  get environment(): Readonly<Record<string, string>> {
    const { login, json, ports } = this.parts;
    return login().environment(describeLogin(served(json, ports)));
  }

  get origin(): string {
    return `https://app.localhost:${this.parts.ports.public}`;
  }

  get caFile(): string {
    return this.parts.authority.caFile;
  }

  /** The certificate of another authority, clock or name. */
  async certificate(
    hosts: readonly string[],
    options: { readonly clock?: () => number; readonly strange?: true },
  ): Promise<SecureContextOptions> {
    const { folder } = this.parts;
    const place = join(folder, `certificate-${hosts.join('-')}`);
    if (!options.strange) {
      for (const file of ['ca.pem', 'ca-key.pem']) await cp(join(folder, 'certificate', file), join(place, file));
    }
    const { key, cert } = await ensureLocalAuthority(place, hosts, options);
    return { key, cert };
  }

  /** Makes it faulty, and looks at it. */
  async verify(
    fault: Fault = {},
    options: Partial<VerifyOptions> = {},
    outside: Partial<Outside> = {},
  ): Promise<Verified> {
    const { house, json, ports, login, proxy, authority } = this.parts;
    this.#fault = fault;
    proxy.setSecureContext({ ...authority, ...fault.tls });
    await login().update(describeLogin(served(changed(json, fault.stacks), ports)));
    const findings: Finding[] = [];
    const lines: string[] = [];
    const progress = new Progress({ json: true, now: () => 0, write: (line) => void lines.push(line) });
    const outcome = await verify(
      { root: house.root, env: 'test', ca: this.caFile, ...options },
      { progress, signal: new AbortController().signal },
      { lookup, now: Date.now, timeoutMilliseconds: 15_000, applied: () => Promise.resolve({}), ...outside },
    ).catch((reason: unknown) => {
      if (reason instanceof InfraError) return reason;
      throw reason;
    });
    for (const line of lines) {
      const event = JSON.parse(line) as { readonly event: string } & Finding;
      if (event.event === 'finding') findings.push(event);
    }
    const failed = [...new Set(findings.filter(({ state }) => state === 'failed').map(({ check }) => check))];
    return {
      findings,
      lines,
      failed,
      ...(outcome instanceof InfraError
        ? { error: outcome, result: undefined }
        : { error: undefined, result: outcome }),
    };
  }

  async close(): Promise<void> {
    const { proxy, application, login, house, folder } = this.parts;
    proxy.closeAllConnections();
    application.closeAllConnections();
    await Promise.all([proxy, application].map((server) => new Promise((resolve) => server.close(resolve))));
    await login().close();
    await house[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }

  private async relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { ports, authority } = this.parts;
    const inner = await new Promise<IncomingMessage>((resolve, reject) => {
      const { method, url, rawHeaders } = request;
      const options = { host: HOST, port: ports.inner, servername: 'app.localhost', ca: authority.ca };
      https
        .request({ ...options, agent: false, method, path: url, headers: rawHeaders }, resolve)
        .on('error', reject)
        .end();
    });
    const headers = inner.rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name.toLowerCase(), inner.rawHeaders[index + 1] ?? ''] as const] : [],
    );
    const whole = { status: inner.statusCode ?? 0, headers, body: await text(inner) };
    const answer = (this.#fault.answer ?? ((same) => same))(whole, request);
    if (answer === undefined) return;
    const kept = answer.headers.filter(
      ([name]) => !['content-length', 'transfer-encoding', 'connection'].includes(name),
    );
    response.writeHead(answer.status, kept.flat()).end(answer.body);
  }
}

/** What is public, as the application answers it, with all that belongs to it; 401 for the rest. */
export function honest({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const isPublic = ['/logged-out', '/assets/gatehouse.css', '/assets/favicon.svg'].includes(url);
  response.writeHead(isPublic ? 200 : 401, HEADERS).end(isPublic ? '<p>Welcome' : 'Who are you?');
}

export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html',
  'Strict-Transport-Security': 'max-age=31536000',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
