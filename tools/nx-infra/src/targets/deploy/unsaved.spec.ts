import { describe, expect, it } from '@jest/globals';

import { type Entry } from './journal.ts';
import { halfMade, unsaved } from './unsaved.ts';

const created = (address: string, state: Entry['state'], id?: string): Entry => ({
  address,
  type: address.split('.')[0] ?? '',
  action: 'create',
  state,
  ...(id === undefined ? {} : { id }),
});
const bodies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'aws_vpc.vpc': {},
  'aws_iam_role.task': { name: 'task' },
  'aws_iam_policy.limits': { name: 'limits' },
  'aws_default_security_group.vpc': {},
  'aws_ecs_task_definition.app': {},
};
const compare = (journal: readonly Entry[], state: Readonly<Record<string, string>> = {}) =>
  unsaved(journal, new Map(Object.entries(state)), (address) => bodies[address], 'arn:aws:iam::111111111111');
const nothing = { made: [], perhaps: [], unknown: [], conflicts: [] };

describe('unsaved', () => {
  it('has what was made and is not in the state', () => {
    expect(compare([created('aws_vpc.vpc', 'completed', 'vpc-1')])).toEqual({
      ...nothing,
      made: [{ to: 'aws_vpc.vpc', id: 'vpc-1' }],
    });
  });

  it('has what was only started: by its name, where it has one of its own', () => {
    const [vpc, role] = [created('aws_vpc.vpc', 'started'), created('aws_iam_role.task', 'started')];
    expect(compare([vpc, role])).toEqual({
      ...nothing,
      perhaps: [{ to: 'aws_iam_role.task', id: 'task' }],
      unknown: [vpc],
    });
  });

  it('has what was only started: by its account and its name, where it is called by both', () => {
    expect(compare([created('aws_iam_policy.limits', 'started')]).perhaps).toEqual([
      { to: 'aws_iam_policy.limits', id: 'arn:aws:iam::111111111111:policy/limits' },
    ]);
  });

  it('has what was made and whose id does not say which one it is', () => {
    const revision = created('aws_ecs_task_definition.app', 'completed', 'family');
    expect(compare([revision])).toEqual({ ...nothing, unknown: [revision] });
  });

  it('has what is gone from the stacks since, as nothing imports it', () => {
    const gone = created('aws_vpc.renamed', 'completed', 'vpc-2');
    expect(compare([gone])).toEqual({ ...nothing, unknown: [gone] });
  });

  it('has what the state takes for another', () => {
    const entry = created('aws_vpc.vpc', 'completed', 'vpc-new');
    expect(compare([entry], { 'aws_vpc.vpc': 'vpc-old' }).conflicts).toEqual([{ ...entry, remembered: 'vpc-old' }]);
  });

  it('has nothing of what the state knows, failed, or may be made again', () => {
    expect(
      compare(
        [
          created('aws_vpc.vpc', 'completed', 'vpc-1'),
          created('aws_iam_role.task', 'failed'),
          created('aws_default_security_group.vpc', 'completed', 'sg-1'),
          { ...created('aws_iam_role.other', 'started'), action: 'update' },
          { ...created('aws_iam_role.gone', 'completed'), action: 'delete' },
        ],
        { 'aws_vpc.vpc': 'vpc-1' },
      ),
    ).toEqual(nothing);
  });
});

describe('halfMade', () => {
  it('is what is made in several calls, was not said to be made, and is imported', () => {
    const journal = [
      created('aws_security_group.app', 'started'),
      created('aws_security_group.alb', 'completed', 'sg-1'),
      created('aws_security_group.gone', 'started'),
      created('aws_iam_role.task', 'started'),
    ];
    const imports = journal
      .filter(({ address }) => address !== 'aws_security_group.gone')
      .map(({ address }) => ({ to: address, id: address }));
    expect(halfMade(journal, imports)).toEqual(['aws_security_group.app']);
  });
});
