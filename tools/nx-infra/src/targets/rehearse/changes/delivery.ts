import { CreatePolicyVersionCommand, ListPoliciesCommand } from '@aws-sdk/client-iam';

import { type Changes } from '../changes.ts';
import { textOf } from '../described.ts';

/** Who deploys: the most that they may do is everything. */
export const deliveryChanges: Changes = async ({ iam }, described) => {
  const [boundary] = described.all('aws_iam_policy');
  if (boundary === undefined) return [];
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
  const PolicyArn = Policies.find(({ PolicyName }) => PolicyName === textOf(boundary, 'name'))?.Arn;
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  });
  return [
    {
      check: 'workflows',
      address: boundary.address,
      change: 'changed',
      what: 'a boundary of those who deploy allows everything',
      make: () => iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true })),
    },
  ];
};
