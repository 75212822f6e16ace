import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { applicationImage, applicationImageOn, attempt, docker } from '../testing/engine.ts';
import { localTask, type RunningContainer, startTask, type Task, until } from '../testing/task.ts';

const DISTROLESS = process.env['GATEHOUSE_DISTROLESS_BASE_IMAGE'];
/** How long a person waits for `docker kill` to have been heard. */
const SOON_MS = 5_000;

let image: string;
let task: Task;
beforeAll(async () => {
  [{ image }, task] = await Promise.all([applicationImage(), localTask()]);
});

describe('the container, run as the task definition has it', () => {
  let running: RunningContainer;
  beforeAll(async () => {
    running = await startTask(image, task, '--health-interval=1s');
  });
  afterAll(async () => {
    await running[Symbol.asyncDispose]();
  });

  /** What Node in the container says to an expression. */
  const inside = (expression: string): Promise<string> => docker('exec', running.id, 'node', '--print', expression);
  const status = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
    (await fetch(new URL(path, running.url), { headers, redirect: 'manual' })).status;

  it('is alive and ready', async () => {
    expect(await status('/health/live')).toBe(200);
    expect(await status('/health/ready')).toBe(200);
  });

  it('lets nobody in without an identity, or with one that nobody signed', async () => {
    expect(await status('/')).toBe(401);
    expect(await status('/api/me')).toBe(401);
    expect(await status('/', { 'x-amzn-oidc-identity': 'me', 'x-amzn-oidc-data': 'e30=.e30=.e30=' })).toBe(401);
  });

  it('is nobody special, and can become nobody else', async () => {
    const facts = await inside(`require('node:fs').readFileSync('/proc/self/status', 'utf8')`);
    expect(facts).toMatch(/^Uid:\t1000\t1000\t1000\t1000$/m);
    expect(facts).toMatch(/^Gid:\t1000\t1000\t1000\t1000$/m);
    expect(facts).toMatch(/^CapEff:\t0+$/m);
    expect(facts).toMatch(/^CapBnd:\t0+$/m);
    expect(facts).toMatch(/^NoNewPrivs:\t1$/m);
  });

  it.each(['/app/x', '/app/main.mjs', '/x', '/tmp/x', '/etc/passwd', '/home/x'])('cannot write %s', async (file) => {
    const script = `require('node:fs').appendFileSync(${JSON.stringify(file)}, 'x')`;
    const { code, stderr } = await attempt('exec', running.id, 'node', '--eval', script);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/EROFS|EACCES|ENOENT/) });
  });

  it('is healthy, by the image’s own check and by that of the task definition', async () => {
    const health = () => docker('inspect', '--format', '{{.State.Health.Status}}', running.id);
    await until(async () => (await health()) === 'healthy', health);
    const [, ...command] = task.container.healthCheck.command;
    expect(await attempt('exec', running.id, ...command)).toMatchObject({ code: 0 });
  });

  it('keeps within its memory, and says nothing secret', async () => {
    expect(await docker('inspect', '--format', '{{.State.OOMKilled}}', running.id)).toBe('false');
    const { stdout, stderr } = await attempt('logs', running.id);
    expect(stdout + stderr).toContain('Listening on');
    expect(stdout + stderr).not.toContain('e30=.e30=.e30=');
  });
});

describe('the container, without settings', () => {
  it('does not start', async () => {
    const { code, stdout, stderr } = await attempt('run', '--rm', '--read-only', image);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('ALB_ARN');
  });

  it('cannot be written to by its user even where its file system can', async () => {
    const script = `require('node:fs').appendFileSync('/app/main.mjs', 'x')`;
    const { code, stderr } = await attempt('run', '--rm', image, '--eval', script);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('EACCES') });
  });
});

describe('the container, told to stop', () => {
  const open: AsyncDisposable[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each[Symbol.asyncDispose]();
  });

  /** A container with a request that has begun and not ended. */
  async function busy(): Promise<{ readonly running: RunningContainer; readonly request: OpenRequest }> {
    const running = await startTask(image, task);
    open.push(running);
    const request = await OpenRequest.begin(running.url, '/health/live');
    return { running, request };
  }
  const exitCode = (id: string): Promise<number> => docker('wait', id).then(Number);
  const signal = (id: string) => docker('kill', '--signal=TERM', id);

  it('wants no more requests at once, answers the one that has begun, and ends well', async () => {
    const { running, request } = await busy();
    const code = exitCode(running.id);
    await signal(running.id);
    await until(
      () => isNotReady(running.url),
      () => Promise.resolve('It still says that it is ready.'),
    );
    expect(await request.end()).toMatch(/^HTTP\/1\.1 200 /);
    expect(await code).toBe(0);
  });

  it('ends at once when told so again', async () => {
    const { running, request } = await busy();
    const code = exitCode(running.id);
    await signal(running.id);
    await until(
      () => isNotReady(running.url),
      () => Promise.resolve('It still says that it is ready.'),
    );
    const start = performance.now();
    await signal(running.id);
    expect(await code).toBe(143);
    expect(performance.now() - start).toBeLessThan(SOON_MS);
    request.abandon();
  });
});

(DISTROLESS === undefined ? describe.skip : describe)('the image on a base without a shell', () => {
  it('runs, and is healthy', async () => {
    const { image: small } = await applicationImageOn(DISTROLESS ?? '');
    expect((await attempt('run', '--rm', '--entrypoint=sh', small, '-c', 'true')).code).toBe(127);
    await using running = await startTask(small, task, '--health-interval=1s');
    const health = () => docker('inspect', '--format', '{{.State.Health.Status}}', running.id);
    await until(async () => (await health()) === 'healthy', health);
    expect((await fetch(running.url)).status).toBe(401);
  });
});

/** A new connection is refused, or is told that it is not ready. */
async function isNotReady(url: URL): Promise<boolean> {
  const options = { headers: { connection: 'close' }, signal: AbortSignal.timeout(1_000) };
  return fetch(new URL('/health/ready', url), options).then(
    ({ status }) => status === 503,
    (error: unknown) => (error as Error).name !== 'TimeoutError',
  );
}

/** A request whose head is sent in two parts, with time between them. */
class OpenRequest {
  private constructor(private readonly socket: Socket) {}

  static async begin(url: URL, path: string): Promise<OpenRequest> {
    const address: Pick<AddressInfo, 'port'> = { port: Number(url.port) };
    const socket = connect(address.port, url.hostname);
    await once(socket, 'connect');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n`);
    // For the server to have read it.
    await delay(300);
    return new OpenRequest(socket);
  }

  /** @returns the answer */
  async end(): Promise<string> {
    this.socket.setEncoding('utf8').write('Connection: close\r\n\r\n');
    let answer = '';
    for await (const chunk of this.socket) answer += String(chunk);
    return answer;
  }

  abandon(): void {
    this.socket.destroy();
  }
}
