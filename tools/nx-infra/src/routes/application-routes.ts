import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { type ApplicationRoute } from '@gatehouse/listener';
import { build } from 'esbuild';
import { z } from 'zod';

import { applicationBundle } from '../bundle/application-bundle.ts';
import { InfraError } from '../errors.ts';

const routesSchema = z.array(
  z.object({
    methods: z.union([z.literal('ALL'), z.array(z.string()).readonly()]),
    path: z.string(),
    handler: z.string(),
    access: z.looseObject({ public: z.boolean() }),
    guards: z.array(z.string()).readonly(),
    spellings: z.string(),
  }),
);

/** The routes of an application, as it lists them itself. */
export interface ApplicationRoutes {
  /** For people, a line each. */
  readonly lines: string;
  /** For machines, as they were printed. */
  readonly listed: readonly unknown[];
  /** In the order in which the application tries them. */
  readonly routes: readonly ApplicationRoute[];
}

/**
 * Has an application list its routes.
 *
 * @param root the workspace
 * @param program prints them for people, and with `--json` for machines; relative to the workspace
 * @throws {InfraError} `APPLICATION_FAILED`
 */
export async function applicationRoutes(root: string, program: string): Promise<ApplicationRoutes> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-routes-'));
  try {
    // Built as the application is: NestJS needs the metadata of decorators.
    const outfile = join(folder, 'routes.mjs');
    await build(applicationBundle({ root, main: join(root, program), outfile })).catch(({ message }: Error) => {
      throw failed(message);
    });
    const [lines, json] = await Promise.all([run(outfile, []), run(outfile, ['--json'])]);
    return { lines: lines.trimEnd(), ...readRoutes(json) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws {InfraError} `APPLICATION_FAILED` */
export function readRoutes(json: string): Pick<ApplicationRoutes, 'listed' | 'routes'> {
  const read = routesSchema.safeParse(parse(json));
  if (!read.success) {
    throw new InfraError(
      'APPLICATION_FAILED',
      `The application's list of routes is not of the form that it has: ${z.prettifyError(read.error)}`,
    );
  }
  return {
    listed: parse(json) as readonly unknown[],
    routes: read.data.map(({ methods, path, access, spellings }) => ({
      name: `${methods === 'ALL' ? methods : methods.join(',')} ${path}`,
      methods,
      paths: [spellings],
      access: access.public ? 'public' : 'closed',
    })),
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  if (code === 0) return stdout;
  throw failed(stderr.trim());
}

function failed(why: string): InfraError {
  return new InfraError('APPLICATION_FAILED', `The application did not list its routes:\n${why}`);
}
