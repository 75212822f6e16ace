import { expect, it } from '@jest/globals';

import * as face from './index.ts';

it('exports what others need, and no more', () => {
  expect(Object.keys(face).sort()).toEqual([
    'LocalAlbError',
    'ensureLocalAuthority',
    'expectShortLivedObjects',
    'readLoadBalancers',
    'startLocalAlb',
  ]);
});
