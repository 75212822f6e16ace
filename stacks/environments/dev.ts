import { type Environment } from './schema.ts';

/** The shared environment in which changes are tried: small, cheap and easy to take down. */
export const dev: Environment = {
  name: 'dev',
  account: '111111111111',
  region: 'eu-west-1',
  domain: 'app.dev.example.com',
  ports: { https: 443, http: 80 },
  network: { cidr: '10.20.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'], nat: 'single' },
  certificate: { source: 'hosted-zone', zoneId: 'Z0123456789DEVEXAMPLE' },
  login: {
    domainPrefix: 'gatehouse-dev-example',
    accessTokenMinutes: 15,
    sessionTimeoutSeconds: 28_800,
    mfa: 'OPTIONAL',
    groups: ['admins', 'users'],
  },
  publicPaths: ['/logged-out', '/assets/gatehouse.css', '/assets/favicon.svg'],
  service: { cpu: 256, memoryMiB: 512, desiredCount: 1, logRetentionDays: 14 },
  deletionProtection: false,
  state: { backend: 's3', bucket: 'gatehouse-state-111111111111' },
};
