import { expect, it, jest } from '@jest/globals';
import { loadOidcProvider } from './load.ts';

it('lets other warnings through while it loads, and puts the console back', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const before = console.warn;
  const loading = loadOidcProvider();
  console.warn('something else');
  expect(typeof (await loading).Provider).toBe('function');
  expect(console.warn).toBe(before);
  expect(warn.mock.calls).toEqual([['something else']]);
  warn.mockRestore();
});
