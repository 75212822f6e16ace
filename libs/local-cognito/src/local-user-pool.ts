import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { type Clock } from './clock.ts';
import { LocalUserPoolError } from './errors.ts';
import { hostedPages } from './http/hosted-pages.ts';
import { router, serverPaths } from './http/router.ts';
import { type Log } from './log.ts';
import {
  discoveryDocument,
  discoveryPath,
  type Endpoints,
  endpointsAt,
  issuerOf,
  jwksPath,
} from './oauth/endpoints.ts';
import { Sessions } from './oauth/sessions.ts';
import { createCodeProvider } from './provider/provider.ts';
import { type UserPoolSettings } from './settings/user-pool-settings.ts';
import { loadClientSecrets } from './state/client-secrets.ts';
import { SigningKey } from './state/signing-key.ts';
import { UserDirectory } from './users/directory.ts';
import { readUsersFile } from './users/users-file.ts';

/** The pool is for this machine only: it knows everybody's password, and its keys are of no worth elsewhere. */
const loopback = '127.0.0.1';

export interface LocalUserPoolOptions {
  readonly settings: UserPoolSettings;
  /** JSON: `{ users: [{ username, email, email_verified?, name?, password, groups?, sub? }] }`. */
  readonly usersFile: string;
  /** Folder of the signing key and the client secrets; made when missing. May be deleted while the pool is down. */
  readonly stateFolder: string;
  /** PEM. The certificate must be good for the host of `publicUrl` and for `localhost`. */
  readonly tls: { readonly key: string; readonly cert: string };
  /** 0 takes any free port. */
  readonly port: number;
  /**
   * Origin of the hosted pages in the browser, e.g. `https://gatehouse-local.auth.localhost:8444`.
   *
   * @default `https://localhost:<port>`
   */
  readonly publicUrl?: string;
  /** @default nothing is logged */
  readonly log?: Log;
  /** @default Date.now */
  readonly clock?: Clock;
}

/** A user pool that is running. */
export interface LocalUserPool {
  /** As on AWS: `https://cognito-idp.<region>.amazonaws.com/<pool id>`. Nothing is served there. */
  readonly issuer: string;
  /** Where the issuer's keys are: `https://localhost:<port>/<pool id>/.well-known/jwks.json`. */
  readonly jwksUrl: string;
  /** Origin of the hosted pages in the browser. */
  readonly publicUrl: string;
  readonly endpoints: Endpoints;
  readonly port: number;
  /**
   * The secret of an app client, for whoever plays the ALB. Not to be logged.
   *
   * @throws LocalUserPoolError `CLIENT_UNKNOWN` when the pool has no such client, or the client has no secret
   */
  clientSecret(clientId: string): string;
  /**
   * Takes over changed settings, from the next request on. Key, sessions, codes and tokens stay.
   *
   * @throws LocalUserPoolError `POOL_CHANGED` when the settings are of another pool; the old ones stay in force
   */
  update(settings: UserPoolSettings): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a user pool with its hosted login on this machine.
 *
 * @throws LocalUserPoolError `USERS_INVALID`, `STATE_UNREADABLE`, `PORT_UNAVAILABLE` or `PROVIDER_INCOMPATIBLE`
 */
export async function startLocalUserPool(options: LocalUserPoolOptions): Promise<LocalUserPool> {
  const { usersFile, stateFolder, tls, port, log = () => undefined, clock = Date.now } = options;
  const issuer = issuerOf(options.settings);

  let settings = options.settings;
  let secrets = await loadClientSecrets(stateFolder, clientsWithSecret(settings));
  const [users, key] = await Promise.all([
    readUsersFile(usersFile, issuer, settings.groups).then((seed) => UserDirectory.create(seed)),
    SigningKey.load(stateFolder),
  ]);
  const provider = await createCodeProvider({
    settings: () => settings,
    users,
    key,
    clock,
    log,
    clientSecret: (clientId) => secrets.get(clientId),
  });
  const pages = hostedPages({
    settings: () => settings,
    users,
    sessions: new Sessions(clock),
    issueCode: (request, session) => provider.issueCode(request, session),
    log,
  });

  const keysPath = jwksPath(settings.id);
  const documents = new Map<string, () => unknown>();
  // The headers of a request to the token endpoint may carry cookies of other services on `localhost`.
  const server = createServer(
    { key: tls.key, cert: tls.cert, maxHeaderSize: 65_536 },
    router({
      settings: () => settings,
      pages,
      serverPaths: serverPaths(keysPath),
      serverHandler: (request, response) => provider.handle(request, response),
      documents,
      log,
    }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(portUnavailable(port, cause)));
    server.listen(port, loopback, resolve);
  });

  const actualPort = (server.address() as AddressInfo).port;
  const serverUrl = `https://localhost:${actualPort}`;
  const publicUrl = options.publicUrl ?? serverUrl;
  const jwksUrl = `${serverUrl}${keysPath}`;
  const endpoints = endpointsAt(publicUrl, serverUrl);
  documents.set(discoveryPath(settings.id), () => discoveryDocument(settings, endpoints, jwksUrl));

  return {
    issuer,
    jwksUrl,
    publicUrl,
    endpoints,
    port: actualPort,
    clientSecret: (clientId) => {
      const secret = secrets.get(clientId);
      if (secret === undefined) throw clientUnknown(clientId, settings);
      return secret;
    },
    update: async (changed) => {
      if (changed.id !== settings.id) throw poolChanged(settings.id, changed.id);
      secrets = await loadClientSecrets(stateFolder, clientsWithSecret(changed));
      for (const group of settings.groups.filter((name) => !changed.groups.includes(name))) {
        log({ level: 'warn', event: 'group_missing', message: `group ${group} is gone; its members lose it` });
      }
      settings = changed;
      log({ level: 'info', event: 'settings_updated', message: `pool ${changed.name}` });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function clientsWithSecret({ clients }: UserPoolSettings): string[] {
  return clients.filter(({ hasSecret }) => hasSecret).map(({ id }) => id);
}

function portUnavailable(port: number, cause: Error): LocalUserPoolError {
  return new LocalUserPoolError(
    'PORT_UNAVAILABLE',
    `The user pool cannot listen on ${loopback}:${port} (${cause.message}), so nobody could sign in. ` +
      'Stop what listens there, or choose another port.',
    { cause },
  );
}

function clientUnknown(clientId: string, { clients }: UserPoolSettings): LocalUserPoolError {
  return new LocalUserPoolError(
    'CLIENT_UNKNOWN',
    `App client ${JSON.stringify(clientId)} has no secret in this pool, so it cannot fetch tokens. ` +
      `Clients with a secret: ${clients.flatMap(({ id, hasSecret }) => (hasSecret ? [id] : [])).join(', ') || 'none'}. ` +
      'Set generate_secret in the stack, or ask for one of these.',
  );
}

function poolChanged(before: string, after: string): LocalUserPoolError {
  return new LocalUserPoolError(
    'POOL_CHANGED',
    `The settings are of pool ${after}, the running pool is ${before}: its tokens name the old issuer. Start a new pool.`,
  );
}
