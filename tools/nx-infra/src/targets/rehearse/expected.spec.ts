import { describe, expect, it } from '@jest/globals';

import { requireFound, requireNoChanges } from './expected.ts';

const none = { add: 0, change: 0, replace: 0, destroy: 0 };
const planned = (changes: object, assumptions: readonly object[] = []) => ({
  data: { stacks: { alb: { changes: { ...none, ...changes }, assumptions }, ecs: { changes: none, assumptions: [] } } },
});

describe('requireNoChanges', () => {
  it('takes a plan that changes nothing', () => requireNoChanges(planned({})));

  it.each([
    ['changes something', planned({ change: 1 })],
    ['replaces something', planned({ replace: 1 })],
    ['rests on an assumption', planned({}, [{ name: 'state' }])],
  ])('refuses one that %s', (_what, plan) => {
    expect(() => requireNoChanges(plan)).toThrow(
      expect.objectContaining({ code: 'REHEARSAL_FAILED', message: expect.stringContaining('something of alb:') }),
    );
  });

  it('refuses what is no result of a plan', () => {
    expect(() => requireNoChanges({ data: undefined })).toThrow();
    expect(() => requireNoChanges({})).toThrow();
  });
});

describe('requireFound', () => {
  const door = { address: 'aws_lb_listener.https', change: 'changed' } as const;
  const group = { address: 'aws_cognito_user_group.admins', change: 'deleted' } as const;
  const found = (...resources: readonly (typeof door | typeof group)[]) => [
    { resources: [] },
    { resources: resources.map((each) => ({ ...each, lines: [] })) },
  ];

  it('takes exactly what was changed, be it twice', () => {
    requireFound([door, door, group], found(group, door));
  });

  it.each([
    ['was not found', [door, group], found(door), 'not found: aws_cognito_user_group.admins (deleted)'],
    ['nobody changed', [group], found(door, group), 'changed by nobody: aws_lb_listener.https (changed)'],
    ['was found to be something else', [{ ...group, change: 'changed' as const }], found(group), '(deleted)'],
  ])('refuses what %s', (_what, changes, drift, message) => {
    expect(() => requireFound(changes, drift)).toThrow(
      expect.objectContaining({ code: 'REHEARSAL_FAILED', message: expect.stringContaining(message) }),
    );
  });
});
