import { describe, expect, it } from '@jest/globals';

import { simulatedEnvironment, withAwsEnvironment } from './environment.ts';

const simulated = simulatedEnvironment('http://127.0.0.1:5000', 'eu-west-1');

describe('withAwsEnvironment', () => {
  it('leaves nothing of a real account while it works, and puts it back afterwards', async () => {
    const before = { PATH: '/bin', AWS_PROFILE: 'prod', AWS_SESSION_TOKEN: 'real', AWS_ENDPOINT_URL_S3: 'https://s3' };
    const env: NodeJS.ProcessEnv = { ...before };
    const seen = await withAwsEnvironment(env, simulated, () => Promise.resolve({ ...env }));
    expect(seen).toEqual({ PATH: '/bin', ...simulated });
    expect(env).toEqual(before);
  });

  it('puts it back after a failure too', async () => {
    const env: NodeJS.ProcessEnv = { AWS_PROFILE: 'prod' };
    const failing = withAwsEnvironment(env, simulated, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(env).toEqual({ AWS_PROFILE: 'prod' });
  });
});
