import { type Environment } from '../environments/index.ts';
import { nameOf } from '../names.ts';

/** Where an environment's resources are, in the ARNs that policies name. */
export interface Place {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** Of the states. */
  readonly bucket: string;
}

/** @throws {TypeError} for an environment whose state is local, which its validation refuses with a delivery stack */
export function placeOf({ name, account, region, state }: Environment): Place {
  if (state.backend !== 's3') throw new TypeError(`Environment ${name} keeps its state on a machine.`);
  return { environment: name, account, region, bucket: state.bucket };
}

/** The ARN of something in a service of the environment's region. */
export function arn({ region, account }: Place, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** The ARN of a role or policy, which has no region. */
export function iamArn({ account }: Pick<Place, 'account'>, resource: string): string {
  return `arn:aws:iam::${account}:${resource}`;
}

/** The roles of the tasks, the only ones of which a workflow may change what they may do. */
export function taskRoles(place: Place): readonly string[] {
  return [roleArn(place, 'executionRole'), roleArn(place, 'taskRole')];
}

/** The ARN of one of the environment's roles. */
export function roleArn(place: Place, role: 'executionRole' | 'taskRole' | 'flowLogRole'): string {
  return iamArn(place, `role/${nameOf(place.environment, role)}`);
}
