import { join } from 'node:path';

import { ensureLocalAuthority, startLocalAlb } from '@gatehouse/local-alb';
import { startLocalUserPool } from '@gatehouse/local-cognito';

import { applicationEnvironment } from './application-environment.ts';
import { type LoginDescription } from './description.ts';
import { albLine, mailLine, poolLine } from './event-line.ts';
import { requireFreePort } from './preflight.ts';

export interface LoginOptions {
  readonly description: LoginDescription;
  /** Keys, certificates and secrets of this machine; can be deleted at any time. */
  readonly stateFolder: string;
  readonly usersFile: string;
  readonly poolPort: number;
  /** Where the application listens now; `undefined` while it does not. */
  readonly applicationUrl: () => URL | undefined;
  /** Is given a line for each thing that happened; never a secret. */
  readonly onEvent: (line: string) => void;
  /**
   * Is given a line for each mail of the user pool, with the code or the temporary password that is in it: for the
   * person at the console, who plays everybody.
   *
   * @default mails are at `inboxUrl` alone
   */
  readonly onMail?: (line: string) => void;
}

/** A running user pool with a load balancer that authenticates through it. */
export interface Login {
  /** The user pool's hosted pages, for a browser. */
  readonly hostedUrl: string;
  /** As the AWS SDK and CLI ask for it. */
  readonly poolId: string;
  /** The page of the user pool's mails, with the key that opens it. */
  readonly inboxUrl: string;
  readonly caFile: string;
  /** The page that shows each request of the load balancer. */
  readonly inspectorUrl: string;
  /** Where the load balancer is told to let things go wrong, and the file of the token that has to be shown. */
  readonly administration: { readonly url: string; readonly tokenFile: string };
  /** The application's variables on this machine. */
  environment(description: LoginDescription): Readonly<Record<string, string>>;
  /** Makes another description live; sessions go on. */
  update(description: LoginDescription): Promise<void>;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** @throws {InfraError} `PORT_IN_USE`, `PORT_FORBIDDEN`, and the errors of the two servers */
export async function startLogin(options: LoginOptions): Promise<Login> {
  const { description, stateFolder, poolPort, onEvent, onMail } = options;
  await requirePorts(description, poolPort);

  const poolHost = hostedHost(description.userPoolDomain);
  const hostedUrl = `https://${poolHost}:${poolPort}`;
  const authority = await ensureLocalAuthority(join(stateFolder, 'certificate'), [
    description.publicUrl.hostname,
    poolHost,
    'localhost',
    HOST,
  ]);
  const tls = { key: authority.key, cert: authority.cert };

  const pool = await startLocalUserPool({
    settings: description.userPool,
    usersFile: options.usersFile,
    stateFolder: join(stateFolder, 'user-pool'),
    tls,
    port: poolPort,
    publicUrl: hostedUrl,
    log: (entry) => {
      const line = poolLine(entry);
      if (line !== undefined) onEvent(line);
    },
    onMail: (mail) => onMail?.(mailLine(mail)),
  });
  const alb = await startLocalAlb({
    loadBalancer: description.loadBalancer,
    stateFolder: join(stateFolder, 'load-balancer'),
    tls,
    trustedCa: authority.ca,
    resolveTarget: options.applicationUrl,
    // Whichever are free: what helps to look at the login must not keep it from starting.
    inspectorPort: 0,
    administrationPort: 0,
    log: (event) => {
      const line = albLine(event);
      if (line !== undefined) onEvent(line);
    },
    resolveUserPool: ({ userPoolClientId }) => ({
      issuer: pool.issuer,
      authorizationEndpoint: pool.endpoints.authorization,
      tokenEndpoint: pool.endpoints.token,
      userInfoEndpoint: pool.endpoints.userInfo,
      clientSecret: pool.clientSecret(userPoolClientId),
    }),
  });

  const { inspectorUrl, administration } = alb;
  if (inspectorUrl === undefined || administration === undefined) throw new Error('Both were asked for.');

  return {
    hostedUrl,
    poolId: description.userPool.id,
    inboxUrl: pool.inboxUrl,
    caFile: authority.caFile,
    inspectorUrl,
    administration,
    environment: ({ environment }) =>
      applicationEnvironment(environment, {
        publicKeysUrl: alb.publicKeysUrl,
        jwksUrl: pool.jwksUrl,
        hostedUrl,
        poolApi: { url: pool.apiUrl, ...pool.administrator },
        caFile: authority.caFile,
      }),
    update: async ({ loadBalancer, userPool }) => {
      await pool.update(userPool);
      await alb.update(loadBalancer);
    },
    close: async () => {
      await Promise.all([alb.close(), pool.close()]);
    },
  };
}

/** A name that browsers resolve to this machine, for the domain of a user pool: RFC 6761, section 6.3. */
export function hostedHost(domain: string): string {
  return `${domain.replaceAll('.', '-')}.auth.localhost`;
}

async function requirePorts({ loadBalancer }: LoginDescription, poolPort: number): Promise<void> {
  const listeners = loadBalancer.listeners.map(({ port, protocol }) => ({
    port,
    purpose: `the ${protocol} listener`,
    setIn: 'stacks/environments',
  }));
  const pool = { port: poolPort, purpose: "the user pool's hosted login", setIn: '--poolPort' };
  await Promise.all([...listeners, pool].map((wanted) => requireFreePort(HOST, wanted)));
}
