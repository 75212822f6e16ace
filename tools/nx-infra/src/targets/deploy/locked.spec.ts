import { describe, expect, it } from '@jest/globals';

import { InfraError } from '../../errors.ts';
import { asLocked, lockedError, readLock } from './locked.ts';

const SAID = `Error acquiring the state lock: Error message: operation error S3: PutObject, StatusCode: 412
Lock Info:
  ID:        b618d1a6-ec9c-7cee-76e2-326c7df1d55a
  Path:      states/dev/a.tfstate
  Operation: OperationTypeApply
  Who:       ann@laptop
  Version:   1.11.4
  Created:   2026-11-22 14:38:31.067065256 +0000 UTC
  Info:      
`;

describe('readLock', () => {
  it('reads who holds it', () => {
    const lock = { id: 'b618d1a6-ec9c-7cee-76e2-326c7df1d55a', who: 'ann@laptop' };
    expect(readLock(SAID)).toMatchObject(lock);
    expect(readLock(SAID.replaceAll(/^/gm, '│ '))).toMatchObject(lock);
  });

  it('is not about other errors', () => {
    expect(readLock('Error: NoSuchBucket\n  ID:  x')).toBeUndefined();
  });

  it('tells the exact command, and does not run it', () => {
    const lock = readLock(SAID);
    expect(lock && lockedError('ecs', lock, 'cdktf.out/dev/plan-work/ecs')).toMatchObject({
      code: 'STATE_LOCKED',
      message: expect.stringContaining(
        'terraform -chdir=cdktf.out/dev/plan-work/ecs force-unlock b618d1a6-ec9c-7cee-76e2-326c7df1d55a',
      ),
    });
  });
});

describe('asLocked', () => {
  const failed = (said: string) => new InfraError('TERRAFORM_FAILED', `terraform plan: ${said}`);

  it('says what to do about a lock, and leaves everything else as it is', () => {
    expect(asLocked('ecs', failed(SAID), 'folder')).toMatchObject({ code: 'STATE_LOCKED' });
    for (const error of [failed('Error: NoSuchBucket'), new Error(SAID), 'thrown']) {
      expect(asLocked('ecs', error, 'folder')).toBe(error);
    }
  });
});
