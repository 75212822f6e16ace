import { InfraError } from '../errors.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';

/** Fargate's names for processors (ECS API, RuntimePlatform), and those of images. */
const PLATFORMS: ReadonlyMap<unknown, string> = new Map([
  ['X86_64', 'linux/amd64'],
  ['ARM64', 'linux/arm64'],
]);

/**
 * The platform of the images that an environment runs.
 *
 * @throws {InfraError} `RESOURCE_MISSING`
 */
export function platformOf(stacks: SynthesizedStacks): string {
  const definition = stacks.get('ecs')?.terraform.resource['aws_ecs_task_definition']?.['app'];
  const runtime = definition?.['runtime_platform'];
  const first: unknown = Array.isArray(runtime) ? runtime[0] : runtime;
  const { cpu_architecture } = (first ?? {}) as { readonly cpu_architecture?: unknown };
  const platform = PLATFORMS.get(cpu_architecture);
  if (platform !== undefined) return platform;
  throw new InfraError(
    'RESOURCE_MISSING',
    'The ecs stack has no aws_ecs_task_definition.app with a runtime_platform of X86_64 or ARM64, so nobody knows for ' +
      'which processor the image has to be. Look at stacks/ecs.',
  );
}
