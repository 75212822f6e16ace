import { join } from 'node:path';

import { type LoadBalancer, readLoadBalancers } from '@gatehouse/listener';

import { InfraError } from '../errors.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';
import { synthesize } from '../synth/synthesize.ts';
import { type TargetResult } from '../targets/target.ts';
import { containerEnvironment } from '../terraform/container.ts';
import { type TerraformJson } from '../terraform/json.ts';
import { localise } from '../terraform/localise.ts';
import { applicationRoutes } from './application-routes.ts';
import { readExceptions } from './exceptions.ts';
import { judge, type Judgement } from './judge.ts';

export interface RoutesOptions {
  /** The workspace. */
  readonly root: string;
  /** The program that lists the routes, relative to the workspace. */
  readonly program: string;
  /** The file of the disagreements that are meant, relative to the workspace. */
  readonly exceptions: string;
  /** Whose load balancers the routes are held against. */
  readonly environments: readonly string[];
}

/**
 * Lists an application's routes, and holds them against what the load balancers of environments let through.
 *
 * @throws {InfraError} `ROUTES_DISAGREE`, `APPLICATION_FAILED`, and the errors of synthesis and files
 */
export async function routes({ root, program, exceptions, environments }: RoutesOptions): Promise<TargetResult> {
  const [application, meant] = await Promise.all([
    applicationRoutes(root, program),
    readExceptions(join(root, exceptions)),
  ]);
  const judged: Record<string, Judgement> = {};
  for (const environment of environments) {
    const { stacks } = await synthesize({ root, environment });
    const { loadBalancers, domain } = frontOf(stacks);
    if (loadBalancers.length === 0) {
      throw new InfraError('RESOURCE_MISSING', `The alb stack of ${environment} has no aws_lb: look at stacks/alb.`);
    }
    judged[environment] = judge(loadBalancers, domain, application.routes, meant);
  }
  const problems = Object.entries(judged).flatMap(([name, one]) => one.problems.map((line) => `${name}: ${line}`));
  if (problems.length > 0) {
    throw new InfraError(
      'ROUTES_DISAGREE',
      `The application and the load balancer do not agree on what is public:\n  ${problems.join('\n  ')}\n` +
        `Mend publicPaths in stacks/environments or @Public() in the application, or say in ${exceptions} why it is meant.`,
    );
  }
  const reached = Object.entries(judged).map(([name, one]) => reachedText(name, one));
  return {
    message: [application.lines, ...reached].join('\n'),
    data: { routes: application.listed, environments: judged },
  };
}

/** The load balancers of an environment, and its domain. */
function frontOf(stacks: SynthesizedStacks): {
  readonly loadBalancers: readonly LoadBalancer[];
  readonly domain: string;
} {
  const local = localise(stacks);
  const { hostname } = new URL(containerEnvironment(stack(local, 'ecs'))['PUBLIC_URL'] ?? '');
  return { loadBalancers: readLoadBalancers(stack(local, 'alb')), domain: hostname };
}

function stack(stacks: ReadonlyMap<string, TerraformJson>, name: string): TerraformJson {
  const found = stacks.get(name);
  if (found !== undefined) return found;
  throw new InfraError('STACK_MISSING', `The stack ${name} was not synthesized: routes are held against it.`);
}

function reachedText(environment: string, { reached }: Judgement): string {
  const lines = reached
    .filter(({ reach }) => reach === 'ordinary')
    .map(({ route, rule }) => `  ${(route ?? '').padEnd(32)} by ${rule}`);
  return `\nWithout a login, in ${environment}:\n${lines.join('\n') || '  nothing'}`;
}
