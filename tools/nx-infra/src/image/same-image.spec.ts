import { describe, expect, it } from '@jest/globals';

import { type InspectedImage } from './docker.ts';
import { isSameImage, REVISION_LABEL } from './same-image.ts';

const image: InspectedImage = {
  Id: 'sha256:1',
  Os: 'linux',
  Architecture: 'amd64',
  Size: 1,
  Config: { Env: ['A=1'], Cmd: ['/app/main.mjs'], User: '1000:1000', Labels: { title: 'x', [REVISION_LABEL]: 'abc' } },
  RootFS: { Layers: ['sha256:a', 'sha256:b'] },
};

describe('isSameImage', () => {
  it('looks past time, place and commit', () => {
    const labels = { title: 'x', [REVISION_LABEL]: 'def' };
    const config = { ...image.Config, Labels: labels, Volumes: null, Entrypoint: [], StopSignal: '' };
    expect(isSameImage(image, { ...image, Id: 'sha256:2', Size: 2, RepoDigests: ['r@sha256:3'], Config: config })).toBe(
      true,
    );
  });

  it.each<[string, InspectedImage]>([
    ['a layer', { ...image, RootFS: { Layers: ['sha256:a', 'sha256:c'] } }],
    ['a layer more', { ...image, RootFS: { Layers: ['sha256:a', 'sha256:b', 'sha256:c'] } }],
    ['the order of layers', { ...image, RootFS: { Layers: ['sha256:b', 'sha256:a'] } }],
    ['the user', { ...image, Config: { ...image.Config, User: '' } }],
    ['a variable', { ...image, Config: { ...image.Config, Env: ['A=1', 'NODE_OPTIONS=--inspect'] } }],
    ['the program', { ...image, Config: { ...image.Config, Entrypoint: ['sh'] } }],
    ['another label', { ...image, Config: { ...image.Config, Labels: { title: 'y' } } }],
    ['the health check', { ...image, Config: { ...image.Config, Healthcheck: { Test: ['NONE'] } } }],
    ['the processor', { ...image, Architecture: 'arm64' }],
  ])('sees %s', (_what, other) => {
    expect(isSameImage(image, other)).toBe(false);
  });
});
