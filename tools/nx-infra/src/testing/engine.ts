import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const BASE = process.env['GATEHOUSE_BASE_IMAGE'];
const CA_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

const resultSchema = z.object({
  event: z.literal('result'),
  success: z.literal(true),
  data: z.object({
    image: z.string(),
    tag: z.string(),
    base: z.string(),
    platform: z.string(),
    built: z.boolean(),
    bytesOverBase: z.number(),
  }),
});

/** An image as `auth:image` tells of it. */
export type ToldImage = z.infer<typeof resultSchema>['data'];

/** What a call of the client came to. */
export interface DockerAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls the client of this machine, whatever comes of it. */
export function attempt(...args: readonly string[]): Promise<DockerAnswer> {
  return new Promise((resolve) => {
    const env = { ...process.env, DOCKER_BUILDKIT: '1' };
    execFile('docker', args, { env, maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
      resolve({ code, stdout, stderr });
    });
  });
}

/** Calls the client of this machine. @returns its output, without the space around it. */
export async function docker(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await attempt(...args);
  if (code !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** Builds the application's image as a person does, on the base of this run. */
export function applicationImage(): Promise<ToldImage> {
  return imageBy(BASE === undefined ? [] : [`--base=${BASE}`]);
}

/** Builds it on another base, which cannot build the bundle itself. */
export function applicationImageOn(base: string): Promise<ToldImage> {
  return imageBy([`--base=${base}`, `--builder=${BASE ?? 'node:24-bookworm-slim'}`]);
}

async function imageBy(options: readonly string[]): Promise<ToldImage> {
  const trusted = existsSync(CA_BUNDLE) ? [`--ca-bundle=${CA_BUNDLE}`] : [];
  const args = ['run', 'auth:image', '--json', '--network=host', ...trusted, ...options];
  const nx = join(ROOT, 'node_modules', '.bin', 'nx');
  const child = spawn(nx, args, {
    cwd: ROOT,
    env: { ...process.env, NX_DAEMON: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const last = said
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .at(-1);
  const result = resultSchema.safeParse(last === undefined ? undefined : JSON.parse(last));
  if (!result.success) throw new Error(`nx ${args.join(' ')}:\n${said}${complained}`);
  return result.data.data;
}
