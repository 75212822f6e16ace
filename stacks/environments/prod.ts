import { type Environment } from './schema.ts';

/** What people use: two tasks, a NAT gateway a zone, nothing that holds data deleted by accident. */
export const prod: Environment = {
  name: 'prod',
  account: '222222222222',
  region: 'eu-west-1',
  domain: 'app.example.com',
  ports: { https: 443, http: 80 },
  network: { cidr: '10.30.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'], nat: 'per-zone' },
  certificate: { source: 'hosted-zone', zoneId: 'Z0123456789PRODEXAMPLE' },
  login: {
    domainPrefix: 'gatehouse-example',
    accessTokenMinutes: 10,
    sessionTimeoutSeconds: 28_800,
    mfa: 'OPTIONAL',
    groups: ['admins', 'users'],
  },
  publicPaths: ['/logged-out', '/assets/gatehouse.css', '/assets/favicon.svg'],
  service: { cpu: 512, memoryMiB: 1024, desiredCount: 2, logRetentionDays: 365 },
  deletionProtection: true,
  state: { backend: 's3', bucket: 'gatehouse-state-222222222222' },
};
