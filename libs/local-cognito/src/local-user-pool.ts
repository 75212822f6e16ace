import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { apiEndpoint } from './api/endpoint.ts';
import { type Clock } from './clock.ts';
import { LocalUserPoolError } from './errors.ts';
import { Challenges } from './accounts/challenges.ts';
import { hostedPages } from './hosted/hosted-pages.ts';
import { router, serverPaths } from './http/router.ts';
import { type Log } from './log.ts';
import { type Deliver } from './mail/mailbox.ts';
import {
  discoveryDocument,
  discoveryPath,
  type Endpoints,
  endpointsAt,
  issuerOf,
  jwksPath,
  paths,
} from './oauth/endpoints.ts';
import { openPool } from './open-pool.ts';
import { type UserPoolSettings } from './settings/user-pool-settings.ts';
import { loadClientSecrets } from './state/client-secrets.ts';

/** The pool is for this machine only: it knows everybody's password, and its keys are of no worth elsewhere. */
const loopback = '127.0.0.1';

export interface LocalUserPoolOptions {
  readonly settings: UserPoolSettings;
  /** JSON: `{ users: [{ username, email, email_verified?, name?, password, groups?, sub?, attributes? }] }`. */
  readonly usersFile: string;
  /** Folder of keys, secrets and all that happens to users; made when missing. May be deleted while the pool is down. */
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
  /**
   * Is given each message that Cognito would mail, for the console. It holds codes and temporary passwords.
   *
   * @default messages are in the inbox alone
   */
  readonly onMail?: Deliver;
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
  /** Endpoint of the cognito-idp API for an AWS SDK: `https://localhost:<port>`. */
  readonly apiUrl: string;
  /** Keys with which an AWS SDK signs what administrators do; also in `administrator.json`. Not to be logged. */
  readonly administrator: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Where the mails are, with the key that opens them. For the person who started the pool. */
  readonly inboxUrl: string;
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
 * @throws LocalUserPoolError `USERS_INVALID`, `STATE_IN_USE`, `STATE_UNREADABLE`, `PORT_UNAVAILABLE` or
 *   `PROVIDER_INCOMPATIBLE`
 */
export async function startLocalUserPool(options: LocalUserPoolOptions): Promise<LocalUserPool> {
  const { usersFile, stateFolder, tls, port, log = () => undefined, clock = Date.now } = options;
  const issuer = issuerOf(options.settings);

  let settings = options.settings;
  let secrets = await loadClientSecrets(stateFolder, clientsWithSecret(settings));
  const clientSecret = (clientId: string): string | undefined => secrets.get(clientId);
  const opened = await openPool({
    settings: () => settings,
    clientSecret,
    usersFile,
    stateFolder,
    clock,
    log,
    deliver: options.onMail ?? (() => undefined),
  });
  const { pool, provider, sessions, administrator, state } = opened;
  const hosts = new Set<string>();
  const documents = new Map<string, () => unknown>();
  const keysPath = jwksPath(settings.id);
  // The headers of a request to the token endpoint may carry cookies of other services on `localhost`.
  const server = createServer(
    { key: tls.key, cert: tls.cert, maxHeaderSize: 65_536 },
    router({
      settings: () => settings,
      pages: hostedPages({
        pool,
        sessions,
        steps: new Challenges(clock),
        issueCode: (request, session) => provider.issueCode(request, session),
        inboxKey: administrator.inboxKey,
      }),
      serverPaths: serverPaths(keysPath),
      serverHandler: (request, response) => provider.handle(request, response),
      api: apiEndpoint({
        pool,
        tokens: provider.tokens,
        challenges: new Challenges(clock),
        clientSecret,
        administrator,
        hosts: () => hosts,
      }),
      documents,
      log,
    }),
  );
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause) => reject(portUnavailable(port, cause)));
      server.listen(port, loopback, resolve);
    });
  } catch (error) {
    await state.close();
    throw error;
  }

  const actualPort = (server.address() as AddressInfo).port;
  const serverUrl = `https://localhost:${actualPort}`;
  const publicUrl = options.publicUrl ?? serverUrl;
  const jwksUrl = `${serverUrl}${keysPath}`;
  const endpoints = endpointsAt(publicUrl, serverUrl);
  documents.set(discoveryPath(settings.id), () => discoveryDocument(settings, endpoints, jwksUrl));
  for (const host of [`localhost:${actualPort}`, `${loopback}:${actualPort}`, new URL(publicUrl).host]) hosts.add(host);

  return {
    issuer,
    jwksUrl,
    publicUrl,
    endpoints,
    port: actualPort,
    apiUrl: serverUrl,
    administrator: { accessKeyId: administrator.accessKeyId, secretAccessKey: administrator.secretAccessKey },
    inboxUrl: `${publicUrl}${paths.inbox}?key=${administrator.inboxKey}`,
    clientSecret: (clientId) => {
      const secret = secrets.get(clientId);
      if (secret === undefined) throw clientUnknown(clientId, settings);
      return secret;
    },
    update: async (changed) => {
      if (changed.id !== settings.id) throw poolChanged(settings.id, changed.id);
      secrets = await loadClientSecrets(stateFolder, clientsWithSecret(changed));
      const groups = new Set(changed.groups.map(({ name }) => name));
      for (const { name } of settings.groups.filter((group) => !groups.has(group.name))) {
        log({ level: 'warn', event: 'group_missing', message: `group ${name} is gone; its members lose it` });
      }
      settings = changed;
      log({ level: 'info', event: 'settings_updated', message: `pool ${changed.name}` });
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await state.close();
    },
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
