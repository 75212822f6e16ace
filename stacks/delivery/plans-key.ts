import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { policyDocument } from '../iam/policy-document.ts';
import { nameOf } from '../names.ts';
import { iamArn } from './place.ts';

/**
 * The key that reviewed plans are encrypted with between their review and their deployment: a plan file holds the state,
 * secrets and all, and whoever may read the repository may fetch what a workflow uploads.
 *
 * Whoever plans may encrypt with it; whoever applies may decrypt, and nobody both.
 */
export function plansKey(stack: GatehouseStack): KmsKey {
  const { name, account } = stack.environment;
  const key = new KmsKey(stack, 'plans', {
    description: `Reviewed plans of ${name}, between their review and their deployment`,
    enableKeyRotation: true,
    // What it encrypted is of no use after a few days.
    deletionWindowInDays: 7,
    // The account's own policies say who may what (KMS developer guide, "Default key policy").
    policy: policyDocument({
      Sid: 'ThePoliciesOfTheAccount',
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
      Principal: { AWS: iamArn({ account }, 'root') },
    }),
  });
  new KmsAlias(stack, 'plans-alias', { name: nameOf(name, 'plansKey'), targetKeyId: key.keyId }).overrideLogicalId(
    'plans',
  );
  return key;
}
