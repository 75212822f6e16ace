import { describe, expect, it } from '@jest/globals';
import { type ResourceChange } from '../plan/model.ts';
import { changeOf } from '../testdata/change-of.ts';
import { driftOf } from './drift.ts';

const written = { size: {}, mode: {} };
const seen = (drift: ResourceChange, ...changes: readonly ResourceChange[]): readonly string[] =>
  driftOf({ drift: [drift], changes }).map(
    ({ differences, folded, isSetBack }) =>
      `${differences.map(({ path }) => path).join()} +${folded}${isSetBack ? ' set back' : ''}`,
  );
const drifted = (before: object, after: object): ResourceChange =>
  changeOf('aws_x.y', { ...before }, { ...after }, { written });

describe('driftOf', () => {
  it.each<[string, object, object, readonly string[]]>([
    ['what is written', { size: 1 }, { size: 2 }, ['size +0']],
    ['what AWS tells, and nobody wrote', { status: 'PENDING' }, { status: 'ISSUED' }, []],
    ['the zero of what was never set', {}, { size: 0, mode: { deep: [] } }, []],
    ['a zero in place of something', { size: 1 }, { size: 0 }, ['size +0']],
    ['tags', { tags: { a: 'b' } }, { tags: {}, tags_all: { a: 'b' } }, []],
    ['both', { size: 1, status: 'A' }, { size: 2, status: 'B' }, ['size +1']],
  ])('is %s', (_case, before, after, expected) => {
    expect(seen(drifted(before, after))).toEqual(expected);
  });

  it('is what the plan sets back, whoever wrote it', () => {
    const back = changeOf('aws_x.y', { status: 'B' }, { status: 'A' }, { written });
    expect(seen(drifted({ status: 'A' }, { status: 'B' }), back)).toEqual(['status +0 set back']);
    const anew = { ...back, after: { status: '(known after apply)' }, action: 'delete-then-create' } as const;
    expect(seen(drifted({ status: 'A' }, { status: 'B' }), anew)).toEqual([]);
  });

  it('is what was deleted', () => {
    const gone = changeOf('aws_x.y', {}, undefined);
    expect(seen(gone)).toEqual([' +0']);
    expect(seen(gone, changeOf('aws_x.y', undefined, {}))).toEqual([' +0 set back']);
  });

  it('is nothing of what is about to go', () => {
    expect(seen(drifted({ size: 1 }, { size: 2 }), changeOf('aws_x.y', { size: 2 }, undefined))).toEqual([]);
  });

  it('is everything that is not told apart, where the configuration is not in the plan', () => {
    expect(seen(changeOf('aws_x.y', { status: 'A' }, { status: 'B' }))).toEqual(['status +0']);
  });
});
