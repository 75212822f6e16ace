import { z } from 'zod';

import { InfraError } from '../errors.ts';
import { type Finished, type Run } from '../runner/command.ts';

const configSchema = z.object({
  Env: z.array(z.string()).nullish(),
  Entrypoint: z.array(z.string()).nullish(),
  Cmd: z.array(z.string()).nullish(),
  User: z.string().nullish(),
  WorkingDir: z.string().nullish(),
  StopSignal: z.string().nullish(),
  Healthcheck: z.unknown().optional(),
  ExposedPorts: z.unknown().optional(),
  Volumes: z.unknown().optional(),
  Labels: z.record(z.string(), z.string()).nullish(),
});
const imagesSchema = z.tuple([
  z.object({
    Id: z.string(),
    RepoDigests: z.array(z.string()).nullish(),
    Os: z.string(),
    Architecture: z.string(),
    /** Bytes, unpacked. */
    Size: z.number(),
    Config: configSchema,
    RootFS: z.object({ Layers: z.array(z.string()).nullish() }),
  }),
]);

/** What the engine knows of an image: as much of `docker image inspect` as is used here. */
export type InspectedImage = z.infer<typeof imagesSchema>[0];

/** Said by a client that has BuildKit as a plugin, and not the plugin. */
const NO_BUILDX = /buildx component is missing/;

/**
 * Docker's client, and the engine behind it.
 *
 * Every method throws {@link InfraError} `DOCKER_MISSING` where there is no client, or none that can do it, and
 * `IMAGE_FAILED` with what Docker said.
 */
export class Docker {
  constructor(
    private readonly run: Run,
    private readonly cwd: string,
    /** Takes out of a text what must not be shown. */
    private readonly shown: (text: string) => string,
  ) {}

  /** The version of the engine that answers. */
  async version(): Promise<string> {
    const { code, stdout, stderr } = await this.finish(['version', '--format', '{{.Server.Version}}']);
    if (code === 0 && stdout.trim()) return stdout.trim();
    throw new InfraError(
      'DOCKER_MISSING',
      `No Docker engine answers, and without one there is no image: ${this.shown(stderr.trim())} ` +
        'Start it, or install one from https://docs.docker.com/engine/install.',
    );
  }

  /** The address of the engine, as it is for the client's own configuration. */
  async host(): Promise<string> {
    const args = ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'];
    return (await this.succeed(args)).stdout.trim();
  }

  /** @returns undefined where the engine has no such image */
  async inspect(image: string): Promise<InspectedImage | undefined> {
    const args = ['image', 'inspect', image];
    const finished = await this.finish(args);
    if (finished.code !== 0 && /no such image/i.test(finished.stderr)) return undefined;
    if (finished.code !== 0) throw this.failed(args, finished);
    return imagesSchema.parse(JSON.parse(finished.stdout))[0];
  }

  /** @param args what stands between `docker build` and the folder */
  async build(args: readonly string[]): Promise<void> {
    const finished = await this.finish(['build', ...args, this.cwd]);
    if (finished.code === 0) return;
    if (NO_BUILDX.test(finished.stderr)) {
      throw new InfraError(
        'DOCKER_MISSING',
        'This docker client has no buildx, its plugin that builds images with BuildKit. Install it ' +
          '(docker-buildx-plugin; https://docs.docker.com/build/install-buildx), or put a client that builds without ' +
          'it, such as that of Debian’s docker.io, first on the path.',
      );
    }
    throw this.failed(['build'], finished);
  }

  /** @param platform such as `linux/arm64`; undefined for the engine's own */
  async pull(image: string, platform: string | undefined): Promise<void> {
    await this.succeed(['pull', '--quiet', ...(platform === undefined ? [] : ['--platform', platform]), image]);
  }

  async tag(image: string, name: string): Promise<void> {
    await this.succeed(['image', 'tag', image, name]);
  }

  async push(image: string): Promise<void> {
    await this.succeed(['push', image]);
  }

  /** @param password is written to the client's standard input, and stands in no argument */
  async login(host: string, { username, password }: Credentials): Promise<void> {
    await this.succeed(['login', '--username', username, '--password-stdin', host], password);
  }

  async logout(host: string): Promise<void> {
    await this.succeed(['logout', host]);
  }

  private async succeed(args: readonly string[], input?: string): Promise<Finished> {
    const finished = await this.finish(args, input);
    if (finished.code !== 0) throw this.failed(args, finished, input);
    return finished;
  }

  private finish(args: readonly string[], input?: string): Promise<Finished> {
    const options = input === undefined ? { cwd: this.cwd } : { cwd: this.cwd, input };
    return this.run(args, options).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new InfraError(
        'DOCKER_MISSING',
        'There is no docker on the path, which builds the image: install it from https://docs.docker.com/engine/install.',
        { cause: error },
      );
    });
  }

  private failed(args: readonly string[], { code, stderr }: Finished, secret?: string): InfraError {
    const what = args[0] === 'image' || args[0] === 'context' ? args.slice(0, 2).join(' ') : args[0];
    const text = secret ? stderr.replaceAll(secret, '(password)') : stderr;
    const said = lastLines(this.shown(text)) || `It ended with code ${code} and said nothing.`;
    return new InfraError('IMAGE_FAILED', `docker ${what}: ${said}`);
  }
}

/** Who may push. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A build says what failed at its end, after hundreds of lines. */
function lastLines(text: string): string {
  return text.trim().split('\n').slice(-30).join('\n');
}
