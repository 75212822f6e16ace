import { type LoadBalancer, readLoadBalancers } from '@gatehouse/local-alb';

import { InfraError } from '../../errors.ts';
import { hostedHost } from '../../local/login.ts';
import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { hasExpression } from '../../terraform/expression.ts';
import { type TerraformJson } from '../../terraform/json.ts';
import { localise } from '../../terraform/localise.ts';
import { isServedHere } from './outside.ts';
import { type PathRules, readPathRules } from './path-rules.ts';

type Listener = LoadBalancer['listeners'][number];
type Action = Listener['rules'][number]['actions'][number];
type Login = Extract<Action, { readonly type: 'authenticate-cognito' }>;

/** How the front door of an environment has to behave, as its stacks say. */
export interface Expectation {
  /** The address that is asked. */
  readonly origin: URL;
  /** Undefined where nothing listens without TLS. */
  readonly httpPort: number | undefined;
  /** Of the load balancer; as AWS would write it, where nothing is applied. */
  readonly signer: string;
  /** The app client's; undefined where it is known only after an apply. */
  readonly clientId: string | undefined;
  /** Space separated. */
  readonly scope: string;
  readonly extraParams: Readonly<Record<string, string>>;
  readonly sessionCookieName: string;
  readonly pool: {
    readonly hostname: string;
    /** As in `URL.port`; undefined where any will do. */
    readonly port: string | undefined;
  };
  readonly paths: PathRules;
}

export interface ExpectationOptions {
  /** The address to ask. @default that of the environment's domain */
  readonly url?: URL;
  /** The outputs of the applied cognito stack; undefined where they are not known. */
  readonly applied?: Readonly<Record<string, unknown>>;
}

/**
 * Reads it from the synthesized stacks, and what only an apply makes known from the applied outputs. A domain below
 * `.localhost` is served on this machine, with the identifiers that the local load balancer and user pool have.
 *
 * @throws {InfraError} `STACK_MISSING`, `RESOURCE_MISSING`, and the errors of `@gatehouse/listener`
 */
export function readExpectation(stacks: SynthesizedStacks, { url, applied }: ExpectationOptions): Expectation {
  const local = localise(stacks);
  const alb = stackOf(local, 'alb');
  const [loadBalancer] = readLoadBalancers(alb);
  const https = loadBalancer?.listeners.find(({ protocol }) => protocol === 'HTTPS');
  const login = https?.rules.at(-1)?.actions.find(isLogin);
  if (loadBalancer === undefined || https === undefined || login?.onUnauthenticatedRequest !== 'authenticate') {
    throw missing('alb', 'no HTTPS listener whose default rule sends people to a login: there is nothing to verify');
  }
  const domain = originOf(alb.output['publicUrl']?.value);
  if (domain === undefined) throw missing('alb', 'no output publicUrl with an address: it is not known whom to ask');
  const here = isServedHere(domain.hostname);
  const hosted = originOf(applied?.['hostedUrl']) ?? originOf(stackOf(local, 'cognito').output['hostedUrl']?.value);
  if (hosted === undefined)
    throw missing('cognito', 'no output hostedUrl with an address: it is not known where the login is');
  return {
    origin: url ?? domain,
    httpPort: loadBalancer.listeners.find(({ protocol }) => protocol === 'HTTP')?.port,
    signer: loadBalancer.arn,
    clientId: here ? login.userPoolClientId : text(applied?.['userPoolClientId']),
    scope: login.scope,
    extraParams: login.authenticationRequestExtraParams,
    sessionCookieName: login.sessionCookieName,
    pool: here
      ? { hostname: hostedHost(login.userPoolDomain), port: undefined }
      : { hostname: hosted.hostname, port: hosted.port },
    paths: readPathRules(https.rules),
  };
}

/** Where the load balancer takes the answers of the user pool; AWS: listener-authenticate-users. */
export function callbackOf({ origin }: Pick<Expectation, 'origin'>): string {
  return `${origin.origin}/oauth2/idpresponse`;
}

function isLogin(action: Action): action is Login {
  return action.type === 'authenticate-cognito';
}

function stackOf(stacks: ReadonlyMap<string, TerraformJson>, name: string): TerraformJson {
  const terraform = stacks.get(name);
  if (terraform !== undefined) return terraform;
  throw new InfraError(
    'STACK_MISSING',
    `The stack ${name} was not synthesized: what the front door has to do is read from it. Look at stacks/main.ts.`,
  );
}

function missing(stack: string, what: string): InfraError {
  return new InfraError('RESOURCE_MISSING', `The ${stack} stack has ${what}. Look at stacks/${stack}.`);
}

function originOf(value: unknown): URL | undefined {
  const address = text(value);
  return address !== undefined && !hasExpression(address) && URL.canParse(address) ? new URL(address) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
