import { type AuthenticateOidcAction, type LoadBalancer } from '@gatehouse/listener';

import { LocalAlbError } from '../errors.ts';
import { type CommandOptions } from './arguments.ts';
import { clientKey } from './configured-secrets.ts';
import { readText } from './read-configuration.ts';

/** The secrets of the clients with which the rules sign in. */
export interface ClientSecrets {
  /** Of the app client at the user pool; empty where no rule signs in there. */
  readonly cognito: string;
  readonly of: (action: AuthenticateOidcAction) => string | undefined;
}

export interface SecretSources {
  readonly options: Pick<CommandOptions, 'clientSecretFile' | 'oidcSecretFiles'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the configuration says itself, by {@link clientKey}. */
  readonly configured: ReadonlyMap<string, string>;
}

/**
 * Finds the secret of every client. The one of `--client-secret-file` or the environment is for the user pool's client,
 * or for the one client there is: no provider is shown what may be another's.
 *
 * @throws {LocalAlbError} `OPTION_INVALID`, `CONFIGURATION_UNUSABLE`
 */
export async function clientSecrets(loadBalancer: LoadBalancer, sources: SecretSources): Promise<ClientSecrets> {
  const { options, environment, configured } = sources;
  const actions = loadBalancer.listeners.flatMap(({ rules }) => rules.flatMap((rule) => rule.actions));
  const hasPool = actions.some(({ type }) => type === 'authenticate-cognito');
  const clients = new Map(
    actions.filter((action) => action.type === 'authenticate-oidc').map((action) => [clientKey(action), action]),
  );
  const given =
    options.clientSecretFile === undefined
      ? environment['GATEHOUSE_ALB_CLIENT_SECRET']
      : await readSecret(options.clientSecretFile);
  if (hasPool && (given ?? '') === '') {
    throw missing('its app client', 'Set GATEHOUSE_ALB_CLIENT_SECRET, or give --client-secret-file');
  }
  const files = await secretsOfFiles(options.oidcSecretFiles, [...clients.values()]);
  const alone = !hasPool && clients.size === 1 && given !== '' ? given : undefined;
  const secrets = new Map<string, string>();
  for (const [key, action] of clients) {
    const secret = files.get(key) ?? alone ?? configured.get(key);
    if (secret === undefined || secret === '') {
      throw missing(`the client ${action.clientId}`, `Give --oidc-secret-file ${action.clientId}=FILE`);
    }
    secrets.set(key, secret);
  }
  return { cognito: hasPool ? (given ?? '') : '', of: (action) => secrets.get(clientKey(action)) };
}

/** By {@link clientKey}. */
async function secretsOfFiles(
  files: CommandOptions['oidcSecretFiles'],
  actions: readonly AuthenticateOidcAction[],
): Promise<ReadonlyMap<string, string>> {
  const read = [...files].map(async ([clientId, file]) => {
    const [action, ...more] = actions.filter((one) => one.clientId === clientId);
    if (action === undefined || more.length > 0) {
      const why = action === undefined ? 'no rule signs in with it' : 'it is a client of several providers';
      throw new LocalAlbError(
        'OPTION_INVALID',
        `--oidc-secret-file ${clientId}: ${why}, so whom to show the secret to is not certain. There is ${actions.map((one) => `${one.clientId} of ${one.issuer}`).join(', ') || 'none'}.`,
      );
    }
    return [clientKey(action), await readSecret(file)] as const;
  });
  return new Map(await Promise.all(read));
}

async function readSecret(file: string): Promise<string> {
  return (await readText(file)).trim();
}

function missing(whose: string, mend: string): LocalAlbError {
  return new LocalAlbError(
    'OPTION_INVALID',
    `A rule authenticates, and the secret of ${whose} is missing: no code could be exchanged. ${mend}.`,
  );
}
