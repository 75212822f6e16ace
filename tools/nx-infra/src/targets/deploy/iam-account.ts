import { type SynthesizedStack } from '../../synth/manifest.ts';
import { readNeeds } from '../doctor/needs.ts';

/** Regions of the partitions whose names are known, and those of others, which are not guessed. */
const PARTITIONS: readonly (readonly [RegExp, string | undefined])[] = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
  [/^(us-iso|eu-iso|eusc-)/, undefined],
  [/^/, 'aws'],
];

/**
 * How the ARNs of IAM begin in the one account that a stack may be deployed to: `arn:aws:iam::<account>`.
 *
 * Source: AWS Identity and Access Management User Guide, "IAM identifiers".
 *
 * @returns undefined where the stack does not say which account, or the partition is not known
 */
export function iamAccount(stack: SynthesizedStack): string | undefined {
  const { region, account } = readNeeds(new Map([[stack.name, stack]]));
  const [, partition] = PARTITIONS.find(([regions]) => regions.test(region)) ?? [];
  return account === undefined || partition === undefined ? undefined : `arn:${partition}:iam::${account}`;
}
