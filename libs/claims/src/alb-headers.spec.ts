import { describe, expect, it } from '@jest/globals';
import { hasAlbHeaders, readAlbHeaders } from './alb-headers.ts';

const THREE = ['x-amzn-oidc-data', 'd', 'x-amzn-oidc-identity', 'i', 'x-amzn-oidc-accesstoken', 'a'];

describe('readAlbHeaders', () => {
  it('reads names, not values', () => {
    expect(readAlbHeaders(['X-Note', 'x-amzn-oidc-data', ...THREE])).toEqual({
      data: 'd',
      identity: 'i',
      accessToken: 'a',
    });
  });

  it('leaves alone what the load balancer may add one day', () => {
    expect(readAlbHeaders([...THREE, 'x-amzn-oidc-new', 'n'])).toMatchObject({ data: 'd' });
  });

  it.each(['x_amzn_oidc_data', 'X-AMZN-OIDC_IDENTITY', 'x.amzn.oidc.accesstoken', 'x_amzn-oidc-anything'])(
    'refuses %s',
    (name) => {
      expect(() => readAlbHeaders([...THREE, name, 'v'])).toThrow(
        expect.objectContaining({ code: 'HEADER_LOOKALIKE' }),
      );
    },
  );
});

describe('hasAlbHeaders', () => {
  it.each(['x-amzn-oidc-data', 'X-Amzn-Oidc-Identity', 'x_amzn_oidc_data', 'x-amzn-oidc-anything'])(
    'sees %s',
    (name) => {
      expect(hasAlbHeaders(['host', 'example.com', name, ''])).toBe(true);
    },
  );

  it('sees nothing in values, nor in other headers of the load balancer', () => {
    expect(hasAlbHeaders(['x-amzn-trace-id', 'x-amzn-oidc-data', 'authorization', 'Bearer x'])).toBe(false);
  });
});
