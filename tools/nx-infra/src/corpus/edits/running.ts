import { edit, type Edit } from '../edit.ts';
import { add, block, drop, everywhere, rename, replaceIn, set, unprotected } from '../house.ts';

const TASK = 'aws_ecs_task_definition.app';

/** What changes about what runs, and changes that only Terraform knows of. */
export const runningEdits: readonly Edit[] = [
  { ...edit('image-only'), also: ['ecs'], imageDigest: `sha256:${'c'.repeat(64)}` },
  edit(
    'desired-count',
    set('ecs', 'aws_ecs_service.app', 'desired_count', 4),
    set('ecs', 'aws_ecs_service.app', 'lifecycle', undefined),
  ),
  edit('larger-tasks', set('ecs', TASK, 'cpu', '1024'), set('ecs', TASK, 'memory', '2048')),
  edit('exec-enabled', set('ecs', 'aws_ecs_service.app', 'enable_execute_command', true)),
  edit(
    'container-privileged',
    replaceIn(
      'ecs',
      TASK,
      'container_definitions',
      '"readonlyRootFilesystem":true',
      '"readonlyRootFilesystem":false,"privileged":true',
    ),
  ),
  edit(
    'password-in-environment',
    replaceIn(
      'ecs',
      TASK,
      'container_definitions',
      '{"name":"PORT","value":"3000"}',
      '{"name":"PORT","value":"3000"},{"name":"DB_PASSWORD","value":"canary-in-an-environment"}',
    ),
  ),
  edit('scaling-more', set('ecs', 'aws_appautoscaling_target.app', 'max_capacity', 20)),
  edit('tags-only', everywhere('alb', '"project":"gatehouse"', '"project":"front-door"')),
  edit('dashboard-removed', drop('alb', 'aws_cloudwatch_dashboard.gatehouse')),
  edit(
    'renamed-with-moved',
    rename('cognito', 'aws_cognito_user_group.users', 'members'),
    block('cognito', 'moved', [{ from: 'aws_cognito_user_group.users', to: 'aws_cognito_user_group.members' }]),
  ),
  edit('renamed-without-moved', rename('cognito', 'aws_cognito_user_group.users', 'members')),
  edit(
    'rule-renamed-with-moved',
    rename('alb', 'aws_lb_listener_rule.public_1', 'open'),
    block('alb', 'moved', [{ from: 'aws_lb_listener_rule.public_1', to: 'aws_lb_listener_rule.open' }]),
  ),
  edit('rule-renamed-without-moved', rename('alb', 'aws_lb_listener_rule.public_1', 'open')),
  edit(
    'forgotten',
    drop('alb', 'aws_cloudwatch_dashboard.gatehouse'),
    block('alb', 'removed', [{ from: 'aws_cloudwatch_dashboard.gatehouse', lifecycle: { destroy: false } }]),
  ),
  edit(
    'imported',
    add('ecs', 'aws_cloudwatch_log_group.flow', { name: '/gatehouse/prod/flow', retention_in_days: 90 }),
    block('ecs', 'import', [{ to: 'aws_cloudwatch_log_group.flow', id: '/gatehouse/prod/flow' }]),
  ),
  edit(
    'output-sensitive',
    block('cognito', 'output', {
      clientSecret: { value: '${aws_cognito_user_pool_client.alb.client_secret}', sensitive: true },
    }),
  ),
  edit(
    'output-disclosed',
    block('cognito', 'output', {
      clientSecret: { value: '${nonsensitive(aws_cognito_user_pool_client.alb.client_secret)}' },
    }),
  ),
  edit('output-added', block('ecr', 'output', { repositoryName: { value: '${aws_ecr_repository.app.name}' } })),
  edit(
    'check-fails',
    block('ecr', 'check', {
      named: { assert: [{ condition: '${aws_ecr_repository.app.name == "other"}', error_message: 'Another name' }] },
    }),
  ),
  edit('nothing', set('ecr', 'aws_ecr_repository.app', 'force_delete', false)),
  {
    ...edit('destroy-ecs', unprotected('ecs', 'aws_cloudwatch_log_group.logs')),
    also: ['ecs'],
    mode: 'destroy',
  },
  {
    ...edit('destroy-cognito', unprotected('cognito', 'aws_cognito_user_pool.pool')),
    also: ['cognito'],
    mode: 'destroy',
  },
];
