import { describe, expect, it } from '@jest/globals';
import { changeOf, kindsOf } from '../testdata/change-of.ts';
import { planFindings } from './plan-notes.ts';

describe('planFindings', () => {
  it('has what is moved, imported, let go of, put off, and changed behind its back', () => {
    const same = {};
    const findings = planFindings({
      stack: 'app',
      changes: [
        changeOf('aws_x.moved', same, same, { previousAddress: 'aws_x.old' }),
        changeOf('aws_x.imported', same, same, { importing: 'x-1' }),
        changeOf('aws_x.left', same, undefined, { action: 'forget' }),
      ],
      drift: [
        changeOf('aws_x.drift', { a: 1 }, { a: 2 }),
        changeOf('aws_x.gone', {}, undefined),
        changeOf('aws_x.same', same, same),
      ],
      outputs: [{ name: 'secret', before: 'hidden-1', after: 'hidden-1', isDisclosed: true, references: [] }],
      assumptions: [],
      incomplete: ['Something was put off'],
      region: undefined,
      loadBalancing: {},
      appliedLoadBalancing: undefined,
    });
    expect(kindsOf(findings)).toEqual([
      'look disclosed',
      'look incomplete',
      'note drift',
      'look drift',
      'look imported',
      'look forgotten',
      'note moved',
    ]);
    expect(findings.find(({ address }) => address === 'aws_x.gone')?.reading).toContain('deleted outside of Terraform');
  });
});
