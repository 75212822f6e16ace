import { describe, expect, it } from '@jest/globals';

import { InfraError } from '../../errors.ts';
import { readPlan } from './plan-json.ts';
import { existing, settled, type TrialPlan } from './trial.ts';

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

describe('existing', () => {
  it('leaves out what the provider does not find, whole', async () => {
    const { plan, tried } = account({ 1: 'a' });
    const all = [
      { to: 'a', id: '1' },
      { to: 'b', id: '2' },
      { to: 'c', id: '3' },
    ];
    expect((await existing(all, plan)).imports).toEqual([{ to: 'a', id: '1' }]);
    expect(tried).toEqual(['a=1 b=2 c=3', 'a=1']);
  });

  it('takes no other failure for something that is missing', async () => {
    const plan = () => Promise.reject(new InfraError('TERRAFORM_FAILED', 'terraform plan: AccessDenied to "a"'));
    await expect(existing([{ to: 'a', id: '1' }], plan)).rejects.toThrow('AccessDenied');
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
    const found = await settled(doubts, sure, plan);
    expect([...found].sort((a, b) => a.to.localeCompare(b.to))).toEqual([
      { to: 'http', id: '2' },
      { to: 'https', id: '1' },
    ]);
  });

  it('leaves open what nothing is', async () => {
    const { plan, tried } = account({ 1: 'another' });
    expect(await settled([{ to: 'http', ids: ['1', 'gone'] }], [], plan)).toEqual([]);
    expect(tried).toEqual(['http=1', 'http=gone', '']);
    expect(await settled([], [], plan)).toEqual([]);
  });
});
