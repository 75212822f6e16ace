import { expect, it } from '@jest/globals';
import * as face from './index.ts';

it('exports what others need, and nothing else', () => {
  expect(Object.keys(face).sort()).toEqual(['LocalUserPoolError', 'readUserPool', 'startLocalUserPool']);
});
