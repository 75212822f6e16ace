import { describe, expect, it } from '@jest/globals';
import { listenerOf } from '../testdata/requests.ts';
import { tasteOf } from './taste.ts';

describe('tasteOf', () => {
  it('takes hosts that are asked for, then those of the conditions, then one for documentation', () => {
    const listener = listenerOf([{ field: 'host-header', values: ['*.Example.org', 'a?.example.net'] }]);
    expect(tasteOf(['App.example.com'], listener, undefined, listener).hosts).toEqual([
      'app.example.com',
      'www.example.org',
      'aa.example.net',
      'www.example.com',
    ]);
  });
});
