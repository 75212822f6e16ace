import { type Environment } from '../environments/index.ts';
import { prod } from '../environments/prod.ts';

/** An environment with every option on, so that a test sees what prod does not ask for. */
export const everything: Environment = {
  ...prod,
  network: {
    ...prod.network,
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    interfaceEndpoints: ['ecr', 'logs', 'ssm', 'secretsmanager'],
  },
  login: {
    ...prod.login,
    hostedLogin: {
      at: 'domain',
      domain: 'login.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef',
    },
    pages: 'managed',
    tier: 'PLUS',
    threatProtection: 'ENFORCED',
    mfa: 'ON',
    selfSignUp: true,
    sender: { identityArn: 'arn:aws:ses:eu-west-1:222222222222:identity/example.com', from: 'login@example.com' },
    sessionCookieName: 'GatehouseSession',
  },
  apiPaths: ['/api', '/api/*', '/graphql', '/hooks/*'],
  api: {
    identifier: 'gatehouse-api',
    scopes: [
      { name: 'read', description: 'Read reports' },
      { name: 'write', description: 'Write reports' },
    ],
  },
  machines: { scopes: ['read'], paths: ['/api', '/api/*', '/graphql', '/hooks/*'] },
  service: {
    ...prod.service,
    architecture: 'ARM64',
    containerInsights: 'enhanced',
    exec: true,
    secrets: [
      { variable: 'DATABASE_URL', arn: 'arn:aws:ssm:eu-west-1:222222222222:parameter/gatehouse/prod/database-url' },
      { variable: 'SIGNING_KEY', arn: 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:gatehouse/key-AbCdEf' },
    ],
    secretKeys: ['arn:aws:kms:eu-west-1:222222222222:key/01234567-89ab-cdef-0123-456789abcdef'],
  },
};
