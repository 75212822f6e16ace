import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { RunningApp } from '../testdata/running-app.ts';
import { favicon, stylesheet } from './assets.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await RunningApp.start();
});
afterAll(() => app.nest.close());

describe.each([
  ['/assets/gatehouse.css', 'text/css; charset=utf-8', stylesheet],
  ['/assets/favicon.svg', 'image/svg+xml', favicon],
] as const)('GET %s', (path, contentType, asset) => {
  it('is kept for ever under the address that pages use', async () => {
    expect(asset.href.startsWith(`${path}?v=`)).toBe(true);
    const { status, headers, body } = await app.get(asset.href);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(contentType);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(body).toBe(asset.body);
  });

  it('is asked about again under any other', async () => {
    const first = await app.get(`${path}?v=older`);
    expect(first.headers['cache-control']).toBe('public, no-cache');
    const again = await app.get(path, { 'if-none-match': String(first.headers['etag']) });
    expect(again.status).toBe(304);
    expect(again.body).toBe('');
  });
});
