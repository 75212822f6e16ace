import { describe, expect, it } from '@jest/globals';
import { request } from '../testdata/requests.ts';
import { RequestView } from './request-view.ts';

describe('RequestView', () => {
  it('folds the host, and keeps the path as it is', () => {
    const view = new RequestView(request({ host: 'App.Example.COM', path: '/A%2Fb/../c' }));
    expect([view.host, view.path]).toEqual(['app.example.com', '/A%2Fb/../c']);
  });

  it('gives the values of a header in the order received, folded', () => {
    const view = new RequestView(
      request({
        headers: [
          ['X-A', 'One'],
          ['x-b', 'no'],
          ['x-a', 'TWO'],
        ],
      }),
    );
    expect([view.header('x-a'), view.header('x-c')]).toEqual([['one', 'two'], []]);
  });

  it('splits the query without decoding', () => {
    const view = new RequestView(request({ query: '&A=1&b&c=&=d&E=x=y&%61=%31' }));
    expect(view.query).toEqual([
      { key: 'a', value: '1' },
      { key: 'b', value: '' },
      { key: 'c', value: '' },
      { key: '', value: 'd' },
      { key: 'e', value: 'x=y' },
      { key: '%61', value: '%31' },
    ]);
  });

  it('has no comparable text where a character is outside visible ASCII', () => {
    // The Kelvin sign folds to "k", which must not make it one.
    const view = new RequestView(
      request({
        host: '\u212A.example.com',
        path: '/a\u0000',
        query: 'a=\u007f&b=1',
        headers: [
          ['x', 'é'],
          ['\u212A', '1'],
        ],
      }),
    );
    expect([view.host, view.path, view.header('x'), view.header('k')]).toEqual([undefined, undefined, [undefined], []]);
    expect(view.query).toEqual([
      { key: 'a', value: undefined },
      { key: 'b', value: '1' },
    ]);
  });
});
