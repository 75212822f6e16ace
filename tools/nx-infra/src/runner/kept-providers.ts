import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type ProviderProcess, type ProviderProcessOptions, startProvider } from './provider-process.ts';

/**
 * Providers that go on running from one target to the next: one for each configuration of a provider, as a configured
 * one cannot be configured otherwise. Dispose of it when done, which ends them.
 *
 * For targets that one process runs one after another, with the same credentials. Whoever deploys for good does
 * without: an apply outlives the process that began it, and has to have a provider that does.
 */
export class KeptProviders implements AsyncDisposable {
  private readonly started = new Map<string, Promise<ProviderProcess | undefined>>();

  constructor(private readonly begin = startProvider) {}

  /** As {@link startProvider}, but that disposing of what it returns does not end it. */
  readonly start = async (options: ProviderProcessOptions): Promise<ProviderProcess | undefined> => {
    const configuration = await configurationIn(options.folder);
    // With a bundle of authorities it cannot even be configured a second time in the same way.
    if (configuration === undefined || options.env['AWS_CA_BUNDLE'] !== undefined) return this.begin(options);
    const starting = this.started.get(configuration) ?? this.begin(options);
    this.started.set(configuration, starting);
    const provider = await starting;
    return provider && { env: provider.env, [Symbol.asyncDispose]: () => Promise.resolve() };
  };

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.started.values()];
    this.started.clear();
    for (const provider of await Promise.all(all)) await provider?.[Symbol.asyncDispose]();
  }
}

/** What the provider is configured with; undefined where the folder's configuration does not say. */
async function configurationIn(folder: string): Promise<string | undefined> {
  const json = JSON.parse(await readFile(join(folder, 'main.tf.json'), 'utf8')) as { readonly provider?: unknown };
  return json.provider === undefined ? undefined : JSON.stringify(json.provider);
}
