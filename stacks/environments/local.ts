import { type Environment } from './schema.ts';

/**
 * What `nx serve auth` runs on this machine. It is synthesized and never deployed, so account and certificate are
 * placeholders, and the ports are ones that need no privilege.
 */
export const local: Environment = {
  name: 'local',
  account: '000000000000',
  region: 'us-east-1',
  domain: 'app.localhost',
  ports: { https: 8443, http: 8080 },
  network: {
    cidr: '10.10.0.0/16',
    zones: ['us-east-1a', 'us-east-1b'],
    nat: 'single',
    interfaceEndpoints: [],
    flowLogRetentionDays: 1,
  },
  certificate: {
    source: 'given',
    arn: 'arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000',
  },
  login: {
    hostedLogin: { at: 'prefix', prefix: 'gatehouse-local' },
    pages: 'classic',
    tier: 'ESSENTIALS',
    threatProtection: 'OFF',
    mfa: 'OFF',
    selfSignUp: false,
    sender: null,
    accessTokenMinutes: 15,
    sessionTimeoutSeconds: 3600,
    sessionCookieName: 'AWSELBAuthSessionCookie',
    groups: ['admins', 'users'],
    userAdministration: true,
  },
  publicPaths: ['/logged-out', '/assets/gatehouse.css', '/assets/favicon.svg'],
  apiPaths: [],
  api: null,
  machines: null,
  loadBalancer: { desyncMitigation: 'defensive', accessLogs: null, webAcl: null, monitoring: null },
  images: { keepReleased: 2, dropUntaggedDays: 1 },
  service: {
    architecture: 'X86_64',
    cpu: 256,
    memoryMiB: 512,
    desiredCount: 1,
    scaling: null,
    containerInsights: 'disabled',
    exec: false,
    secrets: [],
    secretKeys: [],
    logRetentionDays: 1,
  },
  deletionProtection: false,
  state: { backend: 'local' },
  delivery: null,
};
