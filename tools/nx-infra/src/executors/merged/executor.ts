import { merged, type MergedOptions } from '../../delivery/merged.ts';
import { githubOf } from '../../github/github.ts';
import { tellWorkflow } from '../../github/workflow-outputs.ts';
import { target } from '../../targets/target.ts';

export interface MergedExecutorOptions extends MergedOptions {
  readonly json: boolean;
}

/** `nx run infra:merged --commit=COMMIT [--env=dev,prod] [--json]` */
export default function executor({ json, ...options }: MergedExecutorOptions): Promise<{ success: boolean }> {
  return target(json, async () => {
    const found = await merged(options, githubOf(process.env));
    const { run, environments } = found.data;
    await tellWorkflow({ run: String(run ?? ''), environments: JSON.stringify(environments) }, process.env);
    return found;
  });
}
