import { type LoadBalancer, readLoadBalancers } from '@gatehouse/local-alb';
import { readUserPool, type UserPoolSettings } from '@gatehouse/local-cognito';

import { InfraError } from '../errors.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';
import { containerEnvironment } from '../terraform/container.ts';
import { type TerraformJson } from '../terraform/json.ts';
import { localise } from '../terraform/localise.ts';

/** What the synthesized stacks say of a login, in the terms of the parts that run it. */
export interface LoginDescription {
  readonly loadBalancer: LoadBalancer;
  readonly userPool: UserPoolSettings;
  /** The user pool's domain: a prefix, or the name of a custom domain. */
  readonly userPoolDomain: string;
  /** The application's origin. */
  readonly publicUrl: URL;
  /** The variables of the application's container, as they are on AWS where they do not depend on this machine. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Reads the login out of the synthesized stacks.
 *
 * @throws {InfraError} `STACK_MISSING`, `RESOURCE_MISSING`, `REFERENCE_UNRESOLVED`, `DOMAIN_NOT_LOCAL`, and the errors
 * of `@gatehouse/listener` and `@gatehouse/local-cognito`
 */
export function describeLogin(stacks: SynthesizedStacks): LoginDescription {
  const local = localise(stacks);
  const [loadBalancer] = readLoadBalancers(stack(local, 'alb'));
  if (loadBalancer === undefined) {
    throw new InfraError(
      'RESOURCE_MISSING',
      'The alb stack has no aws_lb: there is nothing to serve. Look at stacks/alb.',
    );
  }
  const environment = containerEnvironment(stack(local, 'ecs'));
  const publicUrl = new URL(environment['PUBLIC_URL'] ?? '');
  if (!/(?:^|\.)localhost$/.test(publicUrl.hostname)) {
    throw new InfraError(
      'DOMAIN_NOT_LOCAL',
      `The domain ${publicUrl.hostname} does not lead to this machine. Serve an environment whose domain ends in .localhost, as local's does.`,
    );
  }
  const userPool = readUserPool(stack(local, 'cognito'));
  if (userPool.domain === undefined) {
    throw new InfraError(
      'RESOURCE_MISSING',
      'The cognito stack has no aws_cognito_user_pool_domain: the user pool would have no hosted login. Look at stacks/cognito.',
    );
  }
  return { loadBalancer, userPool, userPoolDomain: userPool.domain, publicUrl, environment };
}

function stack(stacks: ReadonlyMap<string, TerraformJson>, name: string): TerraformJson {
  const terraform = stacks.get(name);
  if (terraform === undefined) {
    throw new InfraError(
      'STACK_MISSING',
      `The stack ${name} was not synthesized: a login needs it. Look at stacks/main.ts.`,
    );
  }
  return terraform;
}
