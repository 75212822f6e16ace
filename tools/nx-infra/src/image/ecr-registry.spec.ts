import { describe, expect, it } from '@jest/globals';

import { simulatedAws } from '../testing/moto.ts';
import { needing } from '../testing/needing.ts';
import { EcrRegistry, parseRepositoryUrl } from './ecr-registry.ts';

const ACCOUNT = '111111111111';
const url = (account: string) => `${account}.dkr.ecr.eu-west-1.amazonaws.com/gatehouse-dev/auth`;

describe('parseRepositoryUrl', () => {
  it('reads account, region and name', () => {
    expect(parseRepositoryUrl(url(ACCOUNT))).toEqual({
      account: ACCOUNT,
      region: 'eu-west-1',
      name: 'gatehouse-dev/auth',
    });
  });

  it.each(['docker.io/gatehouse/auth', '', `${url(ACCOUNT)}:tag`, `https://${url(ACCOUNT)}`, 'evil.example.com/x'])(
    'refuses %j',
    (text) => {
      expect(() => parseRepositoryUrl(text)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    },
  );
});

needing('moto_server')('EcrRegistry', () => {
  it('gives credentials to its own account alone, and knows the tags it has', async () => {
    await using aws = await simulatedAws(ACCOUNT);
    Object.assign(process.env, aws.env);
    const { ECRClient, CreateRepositoryCommand, PutImageCommand } = await import('@aws-sdk/client-ecr');
    const ecr = new ECRClient({ region: 'eu-west-1' });
    const repository = parseRepositoryUrl(url(ACCOUNT));
    const registry = new EcrRegistry(repository, process.env);
    await expect(registry.digestOf('1')).rejects.toMatchObject({
      code: 'AWS_FAILED',
      message: expect.stringContaining('RepositoryNotFoundException'),
    });
    await ecr.send(new CreateRepositoryCommand({ repositoryName: repository.name }));
    expect(await registry.digestOf('1')).toBeUndefined();
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      layers: [],
    };
    const { image } = await ecr.send(
      new PutImageCommand({ repositoryName: repository.name, imageManifest: JSON.stringify(manifest), imageTag: '1' }),
    );
    expect(image?.imageId?.imageDigest).toMatch(/^sha256:/);
    expect(await registry.digestOf('1')).toBe(image?.imageId?.imageDigest);
    expect(await registry.credentials()).toEqual({ username: 'AWS', password: expect.stringMatching(/./) });
    await expect(
      new EcrRegistry(parseRepositoryUrl(url('222222222222')), process.env).credentials(),
    ).rejects.toMatchObject({
      code: 'AWS_ACCOUNT',
    });
  }, 90_000);
});
