import { describe, expect, it } from '@jest/globals';

import { local } from '../environments/local.ts';
import { applicationSettings, containerDefinitions, type ContainerProps } from './container.ts';

const props: ContainerProps = {
  environment: local,
  image: '${data.terraform_remote_state.ecr.outputs.repositoryUrl}@${var.image_digest}',
  logGroupName: '/gatehouse/local/auth',
  alb: { loadBalancerArn: 'arn:alb', publicUrl: 'https://app.localhost:8443' },
  pool: { issuer: 'https://issuer', userPoolClientId: 'client', jwksUrl: 'https://jwks', hostedUrl: 'https://hosted' },
};

describe('applicationSettings', () => {
  it('says everything that the application must know about who may speak to it', () => {
    expect(applicationSettings(props)).toEqual({
      HOST: '0.0.0.0',
      PORT: '3000',
      PUBLIC_URL: 'https://app.localhost:8443',
      ALB_ARN: 'arn:alb',
      ALB_PUBLIC_KEYS_URL: 'https://public-keys.auth.elb.us-east-1.amazonaws.com',
      COGNITO_ISSUER: 'https://issuer',
      COGNITO_CLIENT_ID: 'client',
      COGNITO_JWKS_URL: 'https://jwks',
      COGNITO_HOSTED_URL: 'https://hosted',
      SESSION_COOKIE_NAME: 'AWSELBAuthSessionCookie',
      SESSION_TIMEOUT_SECONDS: '3600',
    });
  });
});

describe('containerDefinitions', () => {
  it('is JSON of one container that can write nothing and gain nothing', () => {
    expect(JSON.parse(containerDefinitions(props))).toEqual([
      expect.objectContaining({
        name: 'auth',
        image: props.image,
        essential: true,
        readonlyRootFilesystem: true,
        linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
      }),
    ]);
  });
});
