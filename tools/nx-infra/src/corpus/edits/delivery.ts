import { edit, type Edit } from '../edit.ts';
import { drop, replaceIn, set } from '../house.ts';

const APPLY = 'aws_iam_role.apply';
const PLAN = 'aws_iam_role.plan';
const KEY = 'aws_kms_key.plans';
const BOUNDARY = 'aws_iam_policy.apply-boundary';
const ISSUER = 'token.actions.githubusercontent.com';
const MAIN = `,"${ISSUER}:ref":"refs/heads/main"`;
const ACCOUNT = '"AWS":"arn:aws:iam::222222222222:root"';

/** What changes about who plans and who applies. */
export const deliveryEdits: readonly Edit[] = [
  edit(
    'apply-trusts-any-branch',
    replaceIn('delivery', APPLY, 'assume_role_policy', `${MAIN}}`, `},"StringLike":{"${ISSUER}:ref":"*"}`),
  ),
  edit('apply-trusts-without-branch', replaceIn('delivery', APPLY, 'assume_role_policy', MAIN, '')),
  edit(
    'apply-trusts-any-repository',
    replaceIn(
      'delivery',
      APPLY,
      'assume_role_policy',
      `,"${ISSUER}:sub":"repo:example/gatehouse:environment:prod"${MAIN}}`,
      `},"StringLike":{"${ISSUER}:sub":"repo:*"}`,
    ),
  ),
  edit(
    'apply-trusts-another-branch',
    replaceIn('delivery', APPLY, 'assume_role_policy', '"refs/heads/main"', '["refs/heads/main","refs/heads/next"]'),
  ),
  edit(
    'apply-trusts-less',
    replaceIn('delivery', APPLY, 'assume_role_policy', MAIN, `${MAIN},"${ISSUER}:actor":"release-manager"`),
  ),
  edit(
    'plan-trusts-any-branch',
    replaceIn('delivery', PLAN, 'assume_role_policy', '"StringEquals"', '"StringLike"'),
    replaceIn(
      'delivery',
      PLAN,
      'assume_role_policy',
      'repo:example/gatehouse:ref:refs/heads/main',
      'repo:example/gatehouse:*',
    ),
  ),
  edit(
    'plan-writes-states',
    replaceIn(
      'delivery',
      'aws_iam_role_policy.plan_read_states',
      'policy',
      '"Action":"s3:GetObject"',
      '"Action":["s3:GetObject","s3:PutObject"]',
    ),
  ),
  edit(
    'plan-opens-plans',
    replaceIn(
      'delivery',
      'aws_iam_role_policy.plan_seal_plans',
      'policy',
      '"kms:GenerateDataKey"',
      '["kms:Decrypt","kms:GenerateDataKey"]',
    ),
  ),
  edit('plans-key-open', replaceIn('delivery', KEY, 'policy', ACCOUNT, '"AWS":"*"')),
  edit(
    'plans-key-other-account',
    replaceIn('delivery', KEY, 'policy', `{${ACCOUNT}}`, '{"AWS":"arn:aws:iam::333333333333:root"}'),
  ),
  edit('plans-key-not-rotated', set('delivery', KEY, 'enable_key_rotation', false)),
  edit('apply-without-boundary', set('delivery', APPLY, 'permissions_boundary', undefined)),
  edit(
    'boundary-without-denial',
    replaceIn('delivery', BOUNDARY, 'policy', '"ec2:RunInstances",', ''),
    replaceIn('delivery', BOUNDARY, 'policy', '"iam:Get*"', '"iam:*"'),
  ),
  edit(
    'task-roles-without-boundary',
    replaceIn(
      'delivery',
      'aws_iam_role_policy.apply_change_task_roles',
      'policy',
      ',"Condition":{"StringEquals":{"iam:PermissionsBoundary":"${aws_iam_policy.task-boundary.arn}"}}',
      '',
    ),
  ),
  edit('apply-sessions-longer', set('delivery', APPLY, 'max_session_duration', 43_200)),
  edit(
    'provider-for-other-audiences',
    set('delivery', 'aws_iam_openid_connect_provider.github', 'client_id_list', ['sts.amazonaws.com', 'elsewhere']),
  ),
  edit('plan-role-cannot-look', drop('delivery', 'aws_iam_role_policy.plan_look')),
];
