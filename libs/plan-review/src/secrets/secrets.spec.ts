import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderJson } from '../render/json.ts';
import { renderMarkdown } from '../render/markdown.ts';
import { review, type StackInput } from '../review.ts';
import { type Body, World } from '../testdata/world.ts';
import { formsOf } from './forms.ts';
import { Secrets } from './secrets.ts';

const today = '2026-11-22';

/** What a canary may be written as, in a plan, around it, and in what comes out. */
const canary = fc
  .tuple(
    fc.stringMatching(/^[A-Za-z0-9 ,;:!%&<>"'\\/#@|`*_$+=.-]{8,30}$/),
    fc.integer({ min: 10_000_000, max: 99_999_999 }),
  )
  .map(([text, number]) => `c4n${text.trim()}${number}`);

const forms: readonly ((secret: string) => unknown)[] = [
  (secret) => secret,
  (secret) => `user:${secret}@db.example.com`,
  (secret) => [secret, 'other'],
  (secret) => ({ nested: [{ deep: secret }] }),
  (secret) => JSON.stringify({ password: secret }),
  (secret) => JSON.stringify([{ name: 'URL', value: JSON.stringify({ inner: secret }) }]),
  (secret) => Buffer.from(secret).toString('base64'),
  (secret) => Buffer.from(`prefix ${secret} suffix`).toString('base64url'),
  (secret) => Buffer.from(secret).toString('hex'),
  (secret) => encodeURIComponent(secret),
  (secret) => secret.toUpperCase(),
  (secret) => ({ [`key-${secret}`]: 1 }),
];

/** Where a plan says that a value is secret. */
const marks: readonly ((world: World, secret: string) => void)[] = [
  (world, secret) => {
    const { change } = world.find('cognito', 'aws_cognito_user_pool_client.alb');
    change.after = { ...change.after, client_secret: secret };
    change.after_sensitive = { client_secret: true };
  },
  (world, secret) => {
    const { change } = world.find('cognito', 'aws_cognito_user_pool_client.alb');
    change.before = { ...change.before, client_secret: secret };
    change.before_sensitive = { client_secret: true };
  },
  (world, secret) => {
    const { change } = world.find('ecs', 'aws_ecs_service.app');
    change.after = { ...change.after, alarms: [{ names: ['plain'] }, { names: [secret, 'plain'] }] };
    change.after_sensitive = { alarms: true };
  },
  (world, secret) => {
    world.plans.ecs.output_changes['secret'] = {
      actions: ['create'],
      before: null,
      after: secret,
      after_sensitive: true,
      before_sensitive: true,
    };
  },
  (world, secret) => {
    Object.assign(world.plans.ecs, { variables: { password: { value: secret } } });
    Object.assign(world.plans.ecs.configuration.root_module, { variables: { password: { sensitive: true } } });
  },
  (world, secret) => {
    const [resource] = world.plans.network.prior_state?.values?.root_module.resources ?? [];
    Object.assign(resource?.values ?? {}, { secret_part: { a: [secret] } });
    Object.assign(resource ?? {}, { sensitive_values: { secret_part: { a: [true] } } });
  },
  (world, secret) => {
    world.plans.alb.resource_drift = [
      {
        ...structuredClone(world.find('alb', 'aws_lb.alb')),
        change: {
          actions: ['update'],
          before: { name: 'a', note: secret },
          after: { name: 'b', note: secret },
          after_unknown: {},
          before_sensitive: { note: true },
          after_sensitive: { note: true },
        },
      },
    ];
  },
];

/** Where it occurs besides, without a mark. */
const places: readonly ((world: World, value: unknown) => void)[] = [
  (world, value) => void world.update('alb', 'aws_lb.alb', (alb) => (alb['name'] = value)),
  (world, value) =>
    void world.update(
      'ecs',
      'aws_ecs_task_definition.app',
      (task) => (task['container_definitions'] = JSON.stringify([{ env: value }])),
    ),
  (world, value) =>
    void world.update('alb', 'aws_lb_listener_rule.public_1', (rule) => {
      const [condition] = rule['condition'] as Body[];
      Object.assign(condition ?? {}, {
        http_header: [{ http_header_name: 'x-key', values: [String(value).slice(0, 128)] }],
        path_pattern: [],
      });
    }),
  (world, value) =>
    void world.update('ecs', 'aws_iam_role.task', (role) => {
      role['assume_role_policy'] = JSON.stringify({
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:${String(value)}` },
            Action: String(value),
            Resource: value,
            Condition: { StringEquals: { a: value } },
          },
        ],
      });
    }),
  (world, value) =>
    void world.replace('cognito', 'aws_cognito_user_pool.pool', 'name', (pool) => (pool['name'] = value)),
  (world, value) =>
    void world.update('cognito', 'aws_cognito_user_pool_client.alb', (client) => (client['callback_urls'] = [value])),
  (world, value) =>
    void world.update('ecs', 'aws_vpc_security_group_ingress_rule.alb', (rule) =>
      Object.assign(rule, { cidr_ipv4: value, referenced_security_group_id: value }),
    ),
  (world, value) =>
    void (world.find('ecr', 'aws_ecr_repository.app').previous_address = `aws_ecr_repository.old["${String(value)}"]`),
  (world, value) =>
    void Object.assign(world.find('ecr', 'aws_ecr_repository.app').change, { importing: { id: String(value) } }),
  (world, value) => void (world.find('network', 'aws_vpc.vpc').action_reason = String(value)),
  (world, value) =>
    void Object.assign(world.plans.network, {
      checks: [{ address: { to_display: String(value) }, status: 'fail' }],
      deferred_changes: [{ reason: String(value) }],
    }),
];

function everythingWritten(inputs: readonly StackInput[]): string {
  const result = review(inputs, { today });
  return renderMarkdown(result, Infinity) + renderMarkdown(result) + renderJson(result);
}

describe('what comes out of a review', () => {
  it('holds no canary, wherever it was planted, marked once and written in any form', () => {
    fc.assert(
      fc.property(
        canary,
        fc.constantFrom(...marks),
        fc.uniqueArray(fc.constantFrom(...places), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...forms),
        (secret, mark, plant, form) => {
          const world = new World();
          for (const place of plant) place(world, form(secret));
          mark(world, secret);
          const written = everythingWritten(world.inputs()).toLowerCase();
          for (const each of formsOf(secret)) expect(written.includes(each.toLowerCase())).toBe(false);
        },
      ),
      { numRuns: Number(process.env['CANARY_RUNS'] ?? 60) },
    );
  }, 120_000);

  it('holds nothing that is derived from a sensitive output of another stack, though nothing says so', () => {
    const world = new World();
    const { cognito, ecs } = world.plans;
    cognito.output_changes['secret'] = {
      actions: ['no-op'],
      before: 's3cr3t-0riginal',
      after: 's3cr3t-0riginal',
      after_sensitive: true,
      before_sensitive: true,
    };
    const task = ecs.configuration.root_module.resources.find(
      ({ address }) => address === 'aws_ecs_task_definition.app',
    );
    Object.assign(task?.expressions ?? {}, {
      family: {
        references: ['data.terraform_remote_state.cognito.outputs.secret', 'data.terraform_remote_state.cognito'],
      },
    });
    world.update('ecs', 'aws_ecs_task_definition.app', (after) => (after['family'] = 'of-whatever-function'));
    const written = everythingWritten(world.inputs());
    expect(written).not.toContain('of-whatever-function');
    expect(written).toMatch(/`family`: `hidden-\d+` → `hidden-\d+`/);
  });

  it('says that a secret changes, and not from what to what', () => {
    const world = new World();
    world.update(
      'cognito',
      'aws_cognito_user_pool_client.alb',
      (client) => (client['client_secret'] = 'the-new-one-0'),
    );
    const { change } = world.find('cognito', 'aws_cognito_user_pool_client.alb');
    change.before = { ...change.before, client_secret: 'the-old-one-0' };
    Object.assign(change, { before_sensitive: { client_secret: true }, after_sensitive: { client_secret: true } });
    const written = everythingWritten(world.inputs());
    expect(written).toMatch(/`client_secret`: `hidden-1` → `hidden-2`/);
    expect(written).not.toMatch(/the-(?:old|new)-one/);
  });
});

describe('Secrets', () => {
  it('gives equal secrets equal names, and leaves null what it is', () => {
    const secrets = new Secrets();
    expect([
      secrets.hide('first one'),
      secrets.hide('second one'),
      secrets.hide('first one'),
      secrets.hide(null),
    ]).toEqual(['hidden-1', 'hidden-2', 'hidden-1', null]);
  });

  it('finds short ones only as words', () => {
    const secrets = new Secrets();
    secrets.hide('prod');
    expect(secrets.clean('prod is in production, not in products: PROD')).toBe(
      'hidden-1 is in production, not in products: hidden-1',
    );
  });

  it('keeps what is called a secret', () => {
    const secrets = new Secrets();
    expect(
      secrets.cleanValue({
        db_password: 'correct horse',
        environment: [{ name: 'API_TOKEN', value: 'abc' }],
        clientSecret: 'x',
        generate_secret: true,
        token_validity_units: [{ access_token: 'minutes' }],
        secret_arn: 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:x',
        password_policy: [{ minimum_length: 12 }],
      }),
    ).toEqual({
      db_password: 'hidden-1',
      environment: [{ name: 'API_TOKEN', value: 'hidden-2' }],
      clientSecret: 'hidden-3',
      generate_secret: true,
      token_validity_units: [{ access_token: 'minutes' }],
      secret_arn: 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:x',
      password_policy: [{ minimum_length: 12 }],
    });
  });
});
