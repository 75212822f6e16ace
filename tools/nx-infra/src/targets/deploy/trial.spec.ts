import { describe, expect, it } from '@jest/globals';

import { InfraError } from '../../errors.ts';
import { readPlan } from './plan-json.ts';
import { existing, grounded, settled, type TrialPlan } from './trial.ts';

/** An AWS with these things: what each is, by id. Terraform leaves a thing as it is where it is what the address wants. */
function account(things: Readonly<Record<string, string>>): { readonly plan: TrialPlan; readonly tried: string[] } {
  const tried: string[] = [];
  const plan: TrialPlan = (imports) => {
    tried.push(imports.map(({ to, id }) => `${to}=${id}`).join(' '));
    const missing = imports.filter(({ id }) => !(id in things));
    if (missing.length > 0) {
      const errors = missing.map(({ to }) => [
        '╷\n│ Error: Cannot import non-existent remote object\n│ ',
        `│ While attempting to import an existing object to "${to}",\n│ the provider detected that no object exists.\n╵`,
      ]);
      return Promise.reject(new InfraError('TERRAFORM_FAILED', errors.flat().join('\n')));
    }
    const changes = imports.map(({ to, id }) => {
      const actions = things[id] === to ? ['no-op'] : ['update'];
      return { address: to, type: 'aws_lb_listener', change: { actions, importing: { id } } };
    });
    return Promise.resolve(readPlan({ applyable: true, resource_changes: changes }));
  };
  return { plan, tried };
}

const nothing = (): boolean => false;

describe('grounded', () => {
  const pool = { to: 'aws_cognito_user_pool.pool', id: 'eu-west-1_1' };
  const group = { to: 'aws_cognito_user_group.users', id: '${aws_cognito_user_pool.pool.id}/users' };
  const bucket = { to: 'aws_s3_bucket.logs', id: '${aws_kms_key.key.id}-logs' };
  const policy = { to: 'aws_s3_bucket_policy.logs', id: '${aws_s3_bucket.logs.id}' };

  it('leaves out what hangs on something that is neither remembered nor imported', () => {
    expect(grounded([group, pool], nothing)).toEqual([group, pool]);
    expect(grounded([group], nothing)).toEqual([]);
    expect(grounded([group], (address) => address === pool.to)).toEqual([group]);
    expect(grounded([policy, bucket, pool], nothing)).toEqual([pool]);
    expect(grounded([policy, bucket], (address) => address === 'aws_kms_key.key')).toEqual([policy, bucket]);
  });

  it('knows addresses within expressions, and what only looks like one', () => {
    const record = {
      to: 'aws_route53_record.a',
      id: 'Z1_${one([for option in aws_acm_certificate.app.options : option.name])}',
    };
    expect(grounded([record], nothing)).toEqual([]);
    expect(grounded([record], (address) => address === 'aws_acm_certificate.app')).toEqual([record]);
    const literal = { to: 'aws_sqs_queue.a', id: 'https://sqs/aws_queue.a' };
    const fromData = { to: 'aws_route53_record.b', id: '${data.aws_route53_zone.zone.id}_b_A' };
    expect(grounded([literal, fromData], nothing)).toEqual([literal, fromData]);
  });
});

describe('existing', () => {
  it('leaves out what the provider does not find, whole', async () => {
    const { plan, tried } = account({ 1: 'a' });
    const all = [
      { to: 'a', id: '1' },
      { to: 'b', id: '2' },
      { to: 'c', id: '3' },
    ];
    expect((await existing(all, plan, nothing)).imports).toEqual([{ to: 'a', id: '1' }]);
    expect(tried).toEqual(['a=1 b=2 c=3', 'a=1']);
  });

  it('leaves out what hangs on that, too', async () => {
    const { plan, tried } = account({});
    const all = [
      { to: 'aws_s3_bucket.logs', id: 'logs' },
      { to: 'aws_s3_bucket_policy.logs', id: '${aws_s3_bucket.logs.id}' },
    ];
    expect((await existing(all.slice(0, 1), plan, nothing)).imports).toEqual([]);
    tried.length = 0;
    expect((await existing(all, plan, nothing)).imports).toEqual([]);
    expect(tried.at(-1)).toBe('');
  });

  it('takes no other failure for something that is missing', async () => {
    const plan = () => Promise.reject(new InfraError('TERRAFORM_FAILED', 'terraform plan: AccessDenied to "a"'));
    await expect(existing([{ to: 'a', id: '1' }], plan, nothing)).rejects.toThrow('AccessDenied');
  });
});

describe('settled', () => {
  it('gives each address the thing that it would leave as it is', async () => {
    const { plan } = account({ 1: 'https', 2: 'http', 9: 'alb' });
    const doubts = [
      { to: 'http', ids: ['1', '2'] },
      { to: 'https', ids: ['1', '2'] },
    ];
    const sure = [{ to: 'alb', id: '9' }];
    const found = await settled(doubts, sure, plan, nothing);
    expect([...found].sort((a, b) => a.to.localeCompare(b.to))).toEqual([
      { to: 'http', id: '2' },
      { to: 'https', id: '1' },
    ]);
  });

  it('leaves open what nothing is', async () => {
    const { plan, tried } = account({ 1: 'another' });
    expect(await settled([{ to: 'http', ids: ['1', 'gone'] }], [], plan, nothing)).toEqual([]);
    expect(tried).toEqual(['http=1', 'http=gone', '']);
    expect(await settled([], [], plan, nothing)).toEqual([]);
  });
});
