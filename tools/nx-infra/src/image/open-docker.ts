import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { command } from '../runner/command.ts';
import { withoutSecrets } from '../runner/secrets.ts';
import { Docker } from './docker.ts';

export interface OpenDockerOptions {
  /** The folder that images are built from. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** The Docker of this machine, as its user has set it up. */
export function openDocker({ root, env, signal }: OpenDockerOptions): Docker {
  const own = {
    ...env,
    // Engines before 23 build without BuildKit otherwise, which knows no secrets.
    DOCKER_BUILDKIT: '1',
    // An attestation would make a list of an image, whose digest differs each time.
    BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
  };
  return new Docker(command('docker', { env: own, signal }), root, (text) => withoutSecrets(text, env));
}

/** A Docker with a configuration of its own. Dispose of it when done: what it was logged in to is gone with it. */
export interface PrivateDocker extends AsyncDisposable {
  readonly docker: Docker;
}

/** The same engine, by a client that keeps no credentials but in a folder that nobody else reads, for as long as it is open. */
export async function privateDocker(options: OpenDockerOptions): Promise<PrivateDocker> {
  // With the configuration goes the context, which says where the engine is.
  const host = options.env['DOCKER_HOST'] ?? (await openDocker(options).host());
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-docker-'));
  const env = { ...options.env, DOCKER_HOST: host, DOCKER_CONTEXT: undefined };
  return {
    docker: openDocker({ ...options, env: { ...env, DOCKER_CONFIG: folder } }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
