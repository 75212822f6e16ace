import { describe, expect, it } from '@jest/globals';

import { outline } from './state.ts';

const resource = (more: object): object => ({ mode: 'managed', type: 'aws_eip', name: 'nat', instances: [], ...more });
const state = (...resources: readonly object[]): string =>
  JSON.stringify({ version: 4, lineage: 'l', serial: 7, resources });

describe('outline', () => {
  it('knows which state it is, and the ids of what is in it', () => {
    const { lineage, serial, ids } =
      outline(
        state(
          resource({ instances: [{ attributes: { id: 'eip-1', secret: 'canary' } }] }),
          resource({ name: 'each', instances: [{ index_key: 'a', attributes: { id: 'eip-2' } }, { index_key: 0 }] }),
          resource({
            module: 'module.m',
            instances: [{ attributes: {} }, { deposed: 'x', attributes: { id: 'old' } }],
          }),
          resource({ mode: 'data', instances: [{ attributes: { id: 'read' } }] }),
        ),
      ) ?? {};
    expect([lineage, serial]).toEqual(['l', 7]);
    expect([...(ids ?? [])]).toEqual([
      ['aws_eip.nat', 'eip-1'],
      ['aws_eip.each["a"]', 'eip-2'],
      ['aws_eip.each[0]', undefined],
      ['module.m.aws_eip.nat', undefined],
    ]);
  });

  it('takes nothing for nothing', () => {
    expect(outline('\n')).toBeUndefined();
  });

  it('quotes nothing of what it does not understand', () => {
    expect(() => outline('{"canary":1}')).toThrow(
      expect.objectContaining({ code: 'TERRAFORM_FAILED', message: expect.not.stringContaining('canary') }),
    );
  });
});
