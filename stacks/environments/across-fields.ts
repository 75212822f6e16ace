import { login } from '../application.ts';
import { limitedNames } from '../names.ts';
import { type Guidance } from './guidance.ts';
import { type Environment } from './schema.ts';

/** Memory that Fargate offers for a CPU size, in MiB (AWS::ECS::TaskDefinition, Cpu): from, to, step. */
const FARGATE_MEMORY: Readonly<Record<number, readonly [from: number, to: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
};

/** A refusal of one field because of what others say. */
export interface Conflict extends Guidance {
  readonly path: readonly (string | number)[];
}

/** Refuses what each field allows by itself and AWS, or the login, does not allow together. */
export function acrossFields(environment: Environment): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  const refuse = (path: Conflict['path'], reason: string, example: unknown) => {
    conflicts.push({ path, reason, example });
  };
  const { region, network, certificate, service, publicPaths, ports } = environment;

  for (const [what, { name, limit }] of Object.entries(limitedNames(environment.name))) {
    if (name.length > limit) {
      refuse(['name'], `is too long: it makes the ${what} "${name}", and AWS takes ${limit} characters there`, 'dev');
    }
  }
  network.zones.forEach((zone, index) => {
    if (!zone.startsWith(region)) refuse(['network', 'zones', index], `must lie in ${region}`, `${region}a`);
  });
  if (new Set(network.zones).size !== network.zones.length) {
    refuse(['network', 'zones'], 'must list each zone once', [`${region}a`, `${region}b`]);
  }
  if (certificate.source === 'given' && certificate.arn.split(':')[3] !== region) {
    refuse(
      ['certificate', 'arn'],
      `must lie in ${region}, where the load balancer is`,
      `arn:aws:acm:${region}:${environment.account}:certificate/01234567-89ab-cdef-0123-456789abcdef`,
    );
  }
  if (ports.http === ports.https) refuse(['ports', 'http'], 'must differ from ports.https', 80);
  if (!publicPaths.includes(login.loggedOutPath)) {
    refuse(['publicPaths'], `must contain ${login.loggedOutPath}: where a logout ends must not start a login`, [
      login.loggedOutPath,
    ]);
  }
  const [from, to, step] = FARGATE_MEMORY[service.cpu] ?? [0, 0, 1];
  if (service.memoryMiB < from || service.memoryMiB > to || (service.memoryMiB - from) % step !== 0) {
    const offer = `${from} to ${to} in steps of ${step}`;
    refuse(['service', 'memoryMiB'], `must be what Fargate offers for ${service.cpu} CPU units: ${offer}`, from);
  }
  return conflicts;
}
