import { parseArgs } from 'node:util';

import { LocalAlbError } from '../errors.ts';

/** What the command was asked for. */
export interface CommandOptions {
  /** A file of Terraform JSON, or a folder with one. */
  readonly terraform: string;
  /** The targets of each target group, by its name or its Terraform address. */
  readonly targets: ReadonlyMap<string, readonly URL[]>;
  /** Ports of this machine, by those of the configuration. */
  readonly ports: ReadonlyMap<number, number>;
  readonly loadBalancer?: string;
  readonly userPoolFile?: string;
  readonly clientSecretFile?: string;
  /** By the client id of `authenticate-oidc`. */
  readonly oidcSecretFiles: ReadonlyMap<string, string>;
  readonly accessLogFile?: string;
  readonly stateFolder: string;
  readonly host: string;
  /** For the certificate. */
  readonly names: readonly string[];
  readonly inspectorPort?: number;
  readonly administrationPort?: number;
}

export const usage = `Usage: gatehouse-alb --terraform FILE --target NAME=URL [options]

Runs the listeners of an Application Load Balancer on this machine, login included.

  --terraform FILE          Terraform JSON: cdk.tf.json, or what "terraform show -json" prints; or a folder with one *.tf.json
  --target NAME=URL         where the target group NAME (its name or Terraform address) is served, or its function invoked;
                            several for several
  --load-balancer ADDRESS   which one, where there are several
  --port FROM=TO            the port of this machine for a listener's; by default 8000 is added to those under 1024
  --user-pool FILE          JSON with issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, and clientId where the
                            configuration does not know it yet; by default those of Amazon Cognito
  --client-secret-file FILE the app client's secret; by default the variable GATEHOUSE_ALB_CLIENT_SECRET
  --oidc-secret-file ID=FILE  the secret of an authenticate-oidc rule's client, where the configuration does not have it
  --state DIR               keys and certificate (default .gatehouse/alb)
  --host ADDRESS            listens there (default 127.0.0.1)
  --name HOST               a name for the certificate besides app.localhost, localhost and 127.0.0.1
  --inspector PORT          a page that shows each request
  --administration PORT     faults, targets and counts, for who shows the token in DIR/administration.token
  --access-log FILE         appends AWS's access log
`;

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const known = {
  terraform: text,
  target: texts,
  'load-balancer': text,
  port: texts,
  'user-pool': text,
  'client-secret-file': text,
  'oidc-secret-file': texts,
  state: text,
  host: text,
  name: texts,
  inspector: text,
  administration: text,
  'access-log': text,
} as const;

/**
 * Reads the arguments; `'help'` when that is all that was asked for.
 *
 * @throws {LocalAlbError} `OPTION_INVALID`
 */
export function readArguments(given: readonly string[]): CommandOptions | 'help' {
  if (given.includes('--help') || given.includes('-h')) return 'help';
  const values = parse(given);
  if (values.terraform === undefined) throw invalid('--terraform is missing');
  return {
    terraform: values.terraform,
    targets: readTargets(values.target ?? []),
    ports: new Map((values.port ?? []).map(readPortPair)),
    stateFolder: values.state ?? '.gatehouse/alb',
    host: values.host ?? '127.0.0.1',
    names: ['app.localhost', 'localhost', '127.0.0.1', ...(values.name ?? [])],
    ...optional('loadBalancer', values['load-balancer']),
    ...optional('userPoolFile', values['user-pool']),
    ...optional('clientSecretFile', values['client-secret-file']),
    oidcSecretFiles: new Map((values['oidc-secret-file'] ?? []).map(readSecretFile)),
    ...optional('accessLogFile', values['access-log']),
    ...optional('inspectorPort', readPort('--inspector', values.inspector)),
    ...optional('administrationPort', readPort('--administration', values.administration)),
  };
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options: known, strict: true }).values;
  } catch (error) {
    // Node's message names the option, never a value.
    throw invalid(error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'they cannot be read');
  }
}

function readTargets(given: readonly string[]): ReadonlyMap<string, readonly URL[]> {
  const targets = new Map<string, readonly URL[]>();
  for (const one of given) {
    const [, name, url] = /^([^=]+)=(https?:\/\/.+)$/.exec(one) ?? [];
    if (name === undefined || url === undefined || !URL.canParse(url)) {
      throw invalid(`--target ${one} is not NAME=URL, such as app=http://127.0.0.1:3000`);
    }
    targets.set(name, [...(targets.get(name) ?? []), new URL(url)]);
  }
  return targets;
}

function readPortPair(given: string): readonly [number, number] {
  const [, from, to] = /^(\d{1,5})=(\d{1,5})$/.exec(given) ?? [];
  if (from === undefined || to === undefined || Number(from) > 65_535 || Number(to) > 65_535) {
    throw invalid(`--port ${given} is not FROM=TO, such as 443=8443`);
  }
  return [Number(from), Number(to)];
}

/** Of the client id nothing is asked but that it is there; it may hold `=`, and the name of the file may not. */
function readSecretFile(given: string): readonly [string, string] {
  const [, clientId, file] = /^(.+)=([^=]+)$/.exec(given) ?? [];
  // What stands there may be a secret, and is not shown.
  if (clientId === undefined || file === undefined) throw invalid('--oidc-secret-file is not given CLIENT_ID=FILE');
  return [clientId, file];
}

function readPort(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d{1,5}$/.test(given) || Number(given) > 65_535) throw invalid(`${name} ${given} is not a port`);
  return Number(given);
}

function optional<K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in K]?: V });
}

function invalid(what: string): LocalAlbError {
  return new LocalAlbError('OPTION_INVALID', `The arguments cannot be run: ${what}. "gatehouse-alb --help" shows all.`);
}
