import { type TerraformResourceLifecycle } from 'cdktf';

import { type Environment } from './environments/index.ts';

/**
 * For what holds data that no apply can bring back: people, images, logs. Where the environment protects its data,
 * Terraform refuses every plan that would destroy the resource, be it by a removal or by a change that replaces it.
 */
export function protect({ deletionProtection }: Pick<Environment, 'deletionProtection'>): {
  readonly lifecycle?: TerraformResourceLifecycle;
} {
  return deletionProtection ? { lifecycle: { preventDestroy: true } } : {};
}
