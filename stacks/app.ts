import { App } from 'cdktf';

import { AlbStack } from './alb/alb-stack.ts';
import { CognitoStack } from './cognito/cognito-stack.ts';
import { DeliveryStack } from './delivery/delivery-stack.ts';
import { EcrStack } from './ecr/ecr-stack.ts';
import { EcsStack } from './ecs/ecs-stack.ts';
import { type Environment } from './environments/index.ts';
import { NetworkStack } from './network/network-stack.ts';

/**
 * The stacks of an environment, in the order of their arrows: five, and delivery where the environment names a repository.
 *
 * @param outdir an existing folder, into which `synth()` writes
 */
export function gatehouse(environment: Environment, outdir: string): App {
  const app = new App({ outdir });
  new NetworkStack(app, environment);
  new CognitoStack(app, environment);
  new EcrStack(app, environment);
  if (environment.delivery !== null) new DeliveryStack(app, environment, environment.delivery);
  new AlbStack(app, environment);
  new EcsStack(app, environment);
  return app;
}
