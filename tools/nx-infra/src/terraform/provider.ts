import { z } from 'zod';

import { type Provider } from '../runner/provider-mirror.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';

const requirement = z.object({
  terraform: z.object({
    required_providers: z.object({ aws: z.object({ source: z.string(), version: z.string().optional() }) }),
  }),
});
const EXACT = /^\s*=?\s*(\d+\.\d+\.\d+)\s*$/;

/** The AWS provider that the stacks ask for. They pin one version, so the first stack that says so speaks for all. */
export function awsProvider(stacks: SynthesizedStacks): Provider {
  for (const { terraform } of stacks.values()) {
    const parsed = requirement.safeParse(terraform);
    if (!parsed.success) continue;
    const { source, version = '' } = parsed.data.terraform.required_providers.aws;
    // A source without a namespace is one of hashicorp's (Provider Requirements, "Source Addresses").
    return { source: source.includes('/') ? source : `hashicorp/${source}`, version: EXACT.exec(version)?.[1] };
  }
  return { source: 'hashicorp/aws', version: undefined };
}
