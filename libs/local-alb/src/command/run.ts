import { appendFileSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

import { type LoadBalancer, type TargetGroup } from '@gatehouse/listener';

import { LocalAlbError } from '../errors.ts';
import { type AlbEvent } from '../event.ts';
import { parseJsonObject } from '../json.ts';
import { type LocalAlb, startLocalAlb } from '../local-alb.ts';
import { ensureLocalAuthority } from '../local-authority.ts';
import { type CommandOptions } from './arguments.ts';
import { clientSecrets } from './client-secrets.ts';
import { userPoolEndpoints, type UserPoolFile } from './cognito-endpoints.ts';
import { localise } from './localise.ts';
import { readConfiguration, readText } from './read-configuration.ts';

/** What the command talks to. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
}

/**
 * Starts what the options ask for.
 *
 * @throws {LocalAlbError}
 */
export async function run(options: CommandOptions, { environment, print }: Surroundings): Promise<LocalAlb> {
  const pool = options.userPoolFile === undefined ? {} : await readUserPool(options.userPoolFile);
  const configuration = await readConfiguration(options.terraform, options.loadBalancer);
  const loadBalancer = localise(configuration.loadBalancer, {
    ports: options.ports,
    ...(pool.clientId === undefined ? {} : { clientId: pool.clientId }),
  });
  const secrets = await clientSecrets(loadBalancer, { options, environment, configured: configuration.secrets });
  const targetsOf = assignTargets(loadBalancer, options.targets);
  const authority = await ensureLocalAuthority(join(options.stateFolder, 'certificate'), options.names);
  const accessLog = options.accessLogFile === undefined ? undefined : appender(options.accessLogFile);
  const { host, inspectorPort, administrationPort } = options;
  const alb = await startLocalAlb({
    loadBalancer,
    stateFolder: options.stateFolder,
    tls: { key: authority.key, cert: authority.cert },
    trustedCa: authority.ca,
    host,
    resolveTarget: (group) => targetsOf.get(group.arn)?.[0],
    resolveUserPool: (action) => userPoolEndpoints(action, pool, secrets.cognito),
    resolveClientSecret: (action) => secrets.of(action),
    log: (event) => print(eventLine(event)),
    ...(accessLog === undefined ? {} : { accessLog }),
    ...(inspectorPort === undefined ? {} : { inspectorPort }),
    ...(administrationPort === undefined ? {} : { administrationPort }),
  });
  // One alone is used without being checked: a page that wants a login is no sign of ill health.
  for (const [arn, urls] of targetsOf) if (urls.length > 1) for (const url of urls) alb.registerTarget(arn, url);
  for (const line of summary(alb, authority.caFile)) print(line);
  return alb;
}

async function readUserPool(file: string): Promise<UserPoolFile> {
  const json = parseJsonObject(await readText(file));
  const names = ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userInfoEndpoint', 'clientId'];
  const wrong = Object.entries(json ?? {}).find(([name, value]) => !names.includes(name) || typeof value !== 'string');
  if (json === undefined || wrong !== undefined) {
    throw new LocalAlbError(
      'OPTION_INVALID',
      `${file} is not a JSON object with texts for ${names.join(', ')} and nothing else, so what it wants is not certain. A secret belongs into the file of --client-secret-file.`,
    );
  }
  return json;
}

function assignTargets(
  { targetGroups }: LoadBalancer,
  targets: CommandOptions['targets'],
): ReadonlyMap<string, readonly URL[]> {
  return new Map(
    [...targets].map(([name, urls]) => {
      const group = targetGroups.find((one) => isCalled(one, name));
      if (group !== undefined) return [group.arn, urls] as const;
      const names = targetGroups.map(({ address }) => address).join(', ');
      throw new LocalAlbError(
        'OPTION_INVALID',
        `--target ${name}: no rule forwards to it. There is ${names || 'none'}.`,
      );
    }),
  );
}

function isCalled({ name, address, arn }: TargetGroup, wanted: string): boolean {
  return [name, address, address.replace(/^.*\./, ''), arn].includes(wanted);
}

/** Synchronous, so that the lines stand in the order of the requests, and none is lost at the end. */
function appender(file: string): (line: string) => void {
  closeSync(openSync(file, 'a', 0o600));
  return (line) => appendFileSync(file, `${line}\n`);
}

function eventLine({ status, method, host, path, errorReason, detail }: AlbEvent): string {
  const reason = [errorReason, detail].filter((part) => part !== undefined).join(': ');
  return `${status} ${method} ${host}${path}${reason === '' ? '' : ` (${reason})`}`;
}

function summary(alb: LocalAlb, caFile: string): readonly string[] {
  return [
    ...alb.addresses.map(({ protocol, port }) => `Listening on ${protocol.toLowerCase()}://app.localhost:${port}`),
    `Certificate authority: ${caFile}`,
    `Public keys: ${alb.publicKeysUrl}`,
    ...(alb.inspectorUrl === undefined ? [] : [`Inspector: ${alb.inspectorUrl}`]),
    ...(alb.administration === undefined
      ? []
      : [`Administration: ${alb.administration.url}, token in ${alb.administration.tokenFile}`]),
  ];
}
