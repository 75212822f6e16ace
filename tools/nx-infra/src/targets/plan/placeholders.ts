import { createHash } from 'node:crypto';

import { InfraError } from '../../errors.ts';

/** The output that a placeholder stands for. */
export interface Wanted {
  readonly stack: string;
  readonly output: string;
  /** As the synthesized output says (`"//": { "kind": … }`); undefined where it says none. */
  readonly kind: string | undefined;
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
}

/** A load balancer needs two subnets, and so does a service that survives a zone. */
const LIST_LENGTH = 2;

type Make = (wanted: Wanted) => string;

/** The shapes: the ARN formats of the AWS service authorization reference, and the `Id` types of EC2 and Cognito. */
const TEXTS: ReadonlyMap<string, Make> = new Map(
  Object.entries<Make>({
    'vpc-id': (wanted) => `vpc-${hex(wanted, 17)}`,
    'security-group-id': (wanted) => `sg-${hex(wanted, 17)}`,
    'user-pool-id': userPool,
    'user-pool-arn': (wanted) => arn(wanted, 'cognito-idp', `userpool/${userPool(wanted)}`),
    'user-pool-client-id': (wanted) => hex(wanted, 26),
    'user-pool-domain': (wanted) => `placeholder-${hex(wanted, 8)}`,
    'repository-url': (wanted) => `${wanted.account}.dkr.ecr.${wanted.region}.amazonaws.com/placeholder`,
    'repository-arn': (wanted) => arn(wanted, 'ecr', 'repository/placeholder'),
    'load-balancer-arn': (wanted) =>
      arn(wanted, 'elasticloadbalancing', `loadbalancer/app/placeholder/${hex(wanted, 16)}`),
    'target-group-arn': (wanted) => arn(wanted, 'elasticloadbalancing', `targetgroup/placeholder/${hex(wanted, 16)}`),
    'role-arn': ({ account }) => `arn:aws:iam::${account}:role/placeholder`,
    'policy-arn': ({ account }) => `arn:aws:iam::${account}:policy/placeholder`,
    'key-arn': (wanted) => arn(wanted, 'kms', `key/${uuid(wanted)}`),
    'cluster-name': () => 'placeholder-cluster',
    'service-name': () => 'placeholder-service',
    // RFC 2606: a name that never leads anywhere.
    'host-name': ({ stack }) => `${stack}.placeholder.invalid`,
    url: ({ stack, output }) => `https://${stack}.placeholder.invalid/${output}`,
  }),
);

const LISTS: ReadonlyMap<string, Make> = new Map(
  Object.entries<Make>({
    'subnet-ids': (wanted) => `subnet-${hex(wanted, 17)}`,
  }),
);

/**
 * A well-formed value for an output that is known only when its stack is applied: the same for the same output, so
 * that a plan ahead can be compared with the one before.
 *
 * @throws {InfraError} `KIND_UNKNOWN`
 */
export function placeholder(wanted: Wanted): string | readonly string[] {
  const text = TEXTS.get(wanted.kind ?? '');
  if (text !== undefined) return text(wanted);
  return Array.from({ length: LIST_LENGTH }, (_item, index) => placeholderItem(wanted, index));
}

/**
 * The same for one item of a list, of which the length is known.
 *
 * @throws {InfraError} `KIND_UNKNOWN`
 */
export function placeholderItem(wanted: Wanted, index: number): string {
  const item = LISTS.get(wanted.kind ?? '');
  if (item !== undefined) return item({ ...wanted, output: `${wanted.output}[${index}]` });
  throw new InfraError(
    'KIND_UNKNOWN',
    `Output ${wanted.output} of ${wanted.stack} is of kind ${wanted.kind ?? '(none)'}, for which there is no placeholder, ` +
      'so the stacks on top of it cannot be planned before it is applied. Say how such a value looks in ' +
      'tools/nx-infra/src/targets/plan/placeholders.ts.',
  );
}

function arn({ region, account }: Wanted, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

function uuid(wanted: Wanted): string {
  return hex(wanted, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function userPool(wanted: Wanted): string {
  // The same for the id and the ARN of a pool.
  return `${wanted.region}_${hex({ ...wanted, output: 'pool' }, 9)}`;
}

function hex({ stack, output }: Wanted, length: number): string {
  return createHash('sha256').update(`${stack}.${output}`).digest('hex').slice(0, length);
}
