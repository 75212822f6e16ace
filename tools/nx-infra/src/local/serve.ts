import { join } from 'node:path';

import { synthesize } from '../synth/synthesize.ts';
import { Application } from './application.ts';
import { describeLogin } from './description.ts';
import { type Login, startLogin } from './login.ts';
import { readSeedUsers, type SeedUser } from './seed-users.ts';
import { onChange, watchedFolders } from './watch.ts';

export interface ServeOptions {
  /** The workspace. */
  readonly root: string;
  readonly environment: string;
  /** The application's entry file, relative to the workspace. */
  readonly main: string;
  /** The user pool's seed file, relative to the workspace. */
  readonly users: string;
  /** The port of the user pool's hosted login. */
  readonly poolPort: number;
  /** Is given a line for each thing that happened in the load balancer and the user pool. */
  readonly onEvent: (line: string) => void;
  /** Is given a line for each mail of the user pool: it holds a code or a temporary password. */
  readonly onMail: (line: string) => void;
  /** Is given one line for each reload that worked. */
  readonly onReload: (line: string) => void;
  /** Is given what was wrong with a change; what ran before goes on. */
  readonly onError: (error: unknown) => void;
}

type ServedAddress = 'administration' | 'caFile' | 'hostedUrl' | 'inboxUrl' | 'inspectorUrl' | 'poolId';

export interface Serving extends Pick<Login, ServedAddress> {
  readonly url: string;
  /** Where the application listens behind the load balancer, until its next reload. */
  readonly applicationUrl: string;
  readonly users: readonly SeedUser[];
  close(): Promise<void>;
}

/**
 * Serves an application behind its login: synthesizes the stacks, starts the user pool and the load balancer they
 * describe, builds and starts the application, and keeps all three in step with their sources.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { root } = options;
  const stateFolder = join(root, '.gatehouse', options.environment);
  const users = await readSeedUsers(join(root, options.users));
  const application = await Application.create({
    root,
    main: join(root, options.main),
    outfile: join(stateFolder, 'application', 'main.mjs'),
  });
  const opened: { close(): Promise<void> }[] = [application];
  const close = async (): Promise<void> => {
    for (const part of opened.toReversed()) await part.close();
  };
  try {
    // The login does not wait for the application, which is only needed once somebody has signed in.
    const compiled = application.compile();
    compiled.catch(() => undefined);
    const synthesized = await synthesize({ root, environment: options.environment });
    let description = describeLogin(synthesized.stacks);
    const login = await startLogin({
      description,
      stateFolder,
      usersFile: join(root, options.users),
      poolPort: options.poolPort,
      applicationUrl: () => application.url,
      onEvent: options.onEvent,
      onMail: options.onMail,
    });
    opened.push(login);
    await compiled;
    await application.start(login.environment(description));

    const reload = reporter(options);
    const sources = onChange(root, application.folders, (changed) =>
      reload(changed, async () => {
        await application.compile();
        sources.add(application.folders);
        await application.start(login.environment(description));
        return `application reloaded at ${application.url?.origin}`;
      }),
    );
    const stacks = onChange(root, watchedFolders(root, synthesized.inputs), (changed) =>
      reload(changed, async () => {
        const next = await synthesize({ root, environment: options.environment });
        stacks.add(watchedFolders(root, next.inputs));
        const nextDescription = describeLogin(next.stacks);
        const before = JSON.stringify(login.environment(description));
        await login.update(nextDescription);
        description = nextDescription;
        if (JSON.stringify(login.environment(description)) === before) return 'listener and user pool updated';
        await application.start(login.environment(description));
        return `listener and user pool updated, application restarted at ${application.url?.origin}`;
      }),
    );
    opened.push(sources, stacks);
    await Promise.all([sources.ready, stacks.ready]);
    return {
      url: description.publicUrl.origin,
      hostedUrl: login.hostedUrl,
      poolId: login.poolId,
      inboxUrl: login.inboxUrl,
      applicationUrl: application.url?.origin ?? '',
      caFile: login.caFile,
      inspectorUrl: login.inspectorUrl,
      administration: login.administration,
      users,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function reporter({ onReload, onError }: ServeOptions) {
  return async (changed: string, task: () => Promise<string>): Promise<void> => {
    const start = performance.now();
    try {
      const outcome = await task();
      onReload(`${changed}: ${outcome} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    } catch (error) {
      onError(error);
    }
  };
}
