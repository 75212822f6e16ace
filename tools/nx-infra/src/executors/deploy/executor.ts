import { ECSClient } from '@aws-sdk/client-ecs';
import { type ExecutorContext } from '@nx/devkit';

import { push, type PushTargetOptions } from '../../image/push.ts';
import { terminalAsk } from '../../targets/deploy/ask.ts';
import { deploy, type DeployOptions } from '../../targets/deploy/deploy.ts';
import { steady } from '../../targets/deploy/steady.ts';
import { type DeploySteps } from '../../targets/deploy/steps.ts';
import { doctor } from '../../targets/doctor/doctor.ts';
import { target } from '../../targets/target.ts';
import { realOutside } from '../../targets/verify/real-outside.ts';
import { verify } from '../../targets/verify/verify.ts';

export interface DeployExecutorOptions extends Omit<DeployOptions, 'root'> {
  /** How the image is built. */
  readonly image: Omit<PushTargetOptions, 'root' | 'env'>;
  readonly json: boolean;
}

/**
 * `nx run infra:deploy --env=dev|prod [--stack=alb] [--yes] [--plans=DIR] [--allow-replace=ADDRESS]…
 * [--image-digest=sha256:…] [--json]`
 */
export default function executor(
  { json, image, ...options }: DeployExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  const { env } = options;
  return target(json, (context) => {
    const steps: DeploySteps = {
      check: () => doctor({ root, env }, context),
      image: async () => ((await push({ ...image, root, env }, context)).data as { readonly digest: string }).digest,
      steady: (service) => steady(service, context, { client: new ECSClient({ region: service.region }) }),
      verify: () => verify({ root, env }, context, realOutside({ root, env }, context)),
      ask: terminalAsk({ input: process.stdin, output: process.stderr }, context.signal),
    };
    return deploy({ root, ...options }, context, steps);
  });
}
