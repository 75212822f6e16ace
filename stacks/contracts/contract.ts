/**
 * What an output is, beyond its type. The kind is written into the synthesized output (`"//": { "kind": … }`), so that
 * a planner can stand in a well-formed placeholder for a value that is known only after the stack below is applied.
 */
export const kinds = {
  'vpc-id': 'text',
  'subnet-ids': 'list',
  'security-group-id': 'text',
  'user-pool-id': 'text',
  'user-pool-arn': 'text',
  'user-pool-client-id': 'text',
  'user-pool-domain': 'text',
  'repository-url': 'text',
  'repository-arn': 'text',
  'load-balancer-arn': 'text',
  'target-group-arn': 'text',
  'cluster-name': 'text',
  'service-name': 'text',
  'role-arn': 'text',
  'policy-arn': 'text',
  'key-arn': 'text',
  'host-name': 'text',
  url: 'text',
} as const satisfies Record<string, 'text' | 'list'>;

/** The kind of an output. */
export type Kind = keyof typeof kinds;

/**
 * The names of the stacks, which are those of their folders and of their output folders. An environment that names no
 * repository has no `delivery`.
 */
export const stackNames = ['network', 'cognito', 'ecr', 'delivery', 'alb', 'ecs'] as const;

/** The name of a stack. */
export type StackName = (typeof stackNames)[number];

/** One output: its kind, and what it is, for people. */
export interface Output {
  readonly kind: Kind;
  readonly description: string;
}

/** What a stack hands on: named outputs. The only way from one stack to another. */
export interface Contract<Outputs extends Readonly<Record<string, Output>> = Readonly<Record<string, Output>>> {
  readonly stack: StackName;
  readonly outputs: Outputs;
}

/** The values of a contract's outputs: text, or a list of text, as the kind says. Terraform references in disguise. */
export type Values<C extends Contract> = {
  // Lists are mutable in the type because CDKTF's resources take `string[]`.
  readonly [Name in keyof C['outputs']]: (typeof kinds)[C['outputs'][Name]['kind']] extends 'list' ? string[] : string;
};

/** Names a contract. */
export function contract<const Outputs extends Readonly<Record<string, Output>>>(
  stack: StackName,
  outputs: Outputs,
): Contract<Outputs> {
  return { stack, outputs };
}
