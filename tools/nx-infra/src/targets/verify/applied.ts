import { outputs } from '../outputs/outputs.ts';
import { type TargetContext } from '../target.ts';

/** The outputs of the applied cognito stack, read from its state; empty where it is not applied. */
export async function appliedCognito(
  { root, env }: { readonly root: string; readonly env: string },
  context: TargetContext,
): Promise<Readonly<Record<string, unknown>>> {
  const { data } = await outputs({ root, env, stack: 'cognito' }, context);
  const { cognito } = data as { readonly cognito?: Readonly<Record<string, unknown>> | null };
  return cognito ?? {};
}
