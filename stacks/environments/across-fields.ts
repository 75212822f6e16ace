import { login, SETTINGS } from '../application.ts';
import { limitedNames } from '../names.ts';
import { type Guidance } from './guidance.ts';
import { type Environment } from './schema.ts';

/** Memory that Fargate offers for a CPU size, in MiB (AWS::ECS::TaskDefinition, Cpu): from, to, step. */
const FARGATE_MEMORY: Readonly<Record<number, readonly [from: number, to: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
};

/** A refusal of one field because of what others say. */
export interface Conflict extends Guidance {
  readonly path: readonly (string | number)[];
}

/** Refuses what each field allows by itself and AWS, or the login, does not allow together. */
export function acrossFields(environment: Environment): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  const refuse = (path: Conflict['path'], reason: string, example: unknown) => {
    conflicts.push({ path, reason, example });
  };
  const { region, network, certificate, service, publicPaths, ports } = environment;
  conflicts.push(
    ...loginConflicts(environment),
    ...machineConflicts(environment),
    ...secretConflicts(environment),
    ...deliveryConflicts(environment),
  );

  for (const [what, { name, limit }] of Object.entries(limitedNames(environment.name))) {
    if (name.length > limit) {
      refuse(['name'], `is too long: it makes the ${what} "${name}", and AWS takes ${limit} characters there`, 'dev');
    }
  }
  network.zones.forEach((zone, index) => {
    if (!zone.startsWith(region)) refuse(['network', 'zones', index], `must lie in ${region}`, `${region}a`);
  });
  if (new Set(network.zones).size !== network.zones.length) {
    refuse(['network', 'zones'], 'must list each zone once', [`${region}a`, `${region}b`]);
  }
  if (certificate.source === 'given' && certificate.arn.split(':')[3] !== region) {
    refuse(
      ['certificate', 'arn'],
      `must lie in ${region}, where the load balancer is`,
      `arn:aws:acm:${region}:${environment.account}:certificate/01234567-89ab-cdef-0123-456789abcdef`,
    );
  }
  if (ports.http === ports.https) refuse(['ports', 'http'], 'must differ from ports.https', 80);
  if (!publicPaths.includes(login.loggedOutPath)) {
    refuse(['publicPaths'], `must contain ${login.loggedOutPath}: where a logout ends must not start a login`, [
      login.loggedOutPath,
    ]);
  }
  const [from, to, step] = FARGATE_MEMORY[service.cpu] ?? [0, 0, 1];
  if (service.memoryMiB < from || service.memoryMiB > to || (service.memoryMiB - from) % step !== 0) {
    const offer = `${from} to ${to} in steps of ${step}`;
    refuse(['service', 'memoryMiB'], `must be what Fargate offers for ${service.cpu} CPU units: ${offer}`, from);
  }
  if (service.scaling && service.scaling.maximumCount <= service.desiredCount) {
    refuse(
      ['service', 'scaling', 'maximumCount'],
      `must be more than desiredCount, ${service.desiredCount}`,
      service.desiredCount + 1,
    );
  }
  return conflicts;
}

/** What the feature plan of the pool has (Cognito developer guide, "User pool feature plans"). */
function loginConflicts({ login: fields, domain }: Environment): Conflict[] {
  const { tier, pages, threatProtection, hostedLogin, userAdministration, groups } = fields;
  const conflicts: Conflict[] = [];
  if (userAdministration && !groups.includes(login.administrators)) {
    conflicts.push({
      path: ['login', 'userAdministration'],
      reason: `must be false without a group "${login.administrators}", whose members alone may manage users`,
      example: false,
    });
  }
  if (pages === 'managed' && tier === 'LITE') {
    conflicts.push({ path: ['login', 'pages'], reason: 'must be "classic" with tier LITE', example: 'classic' });
  }
  if (threatProtection !== 'OFF' && tier !== 'PLUS') {
    conflicts.push({
      path: ['login', 'threatProtection'],
      reason: `must be "OFF" with tier ${tier}: only PLUS has it`,
      example: 'OFF',
    });
  }
  if (hostedLogin.at === 'domain' && hostedLogin.domain === domain) {
    conflicts.push({
      path: ['login', 'hostedLogin', 'domain'],
      reason: 'must differ from domain, where the load balancer is',
      example: 'login.example.com',
    });
  }
  return conflicts;
}

function machineConflicts({ machines, api, publicPaths }: Environment): Conflict[] {
  const known = api?.scopes.map(({ name }) => name) ?? [];
  const scopes = machines?.scopes ?? [];
  const paths = machines?.paths ?? [];
  return [
    ...scopes.flatMap((scope, index) =>
      known.includes(scope)
        ? []
        : [
            {
              path: ['machines', 'scopes', index],
              reason: `must be one of the scopes of api (${known.join(', ') || 'there are none'})`,
              example: known[0] ?? 'read',
            },
          ],
    ),
    ...paths.flatMap((path, index) =>
      publicPaths.includes(path)
        ? [{ path: ['machines', 'paths', index], reason: 'must not be public as well', example: '/api/*' }]
        : [],
    ),
  ];
}

function secretConflicts({ service: { secrets }, region }: Environment): Conflict[] {
  return secrets.flatMap(({ variable, arn }, index) => [
    ...(SETTINGS.includes(variable)
      ? [
          {
            path: ['service', 'secrets', index, 'variable'],
            reason: 'must not be a setting that the stacks make themselves',
            example: 'DATABASE_URL',
          },
        ]
      : []),
    // A parameter is named by its ARN in its own region only (ECS, "Pass Systems Manager parameters").
    ...(arn.split(':')[3] === region
      ? []
      : [
          {
            path: ['service', 'secrets', index, 'arn'],
            reason: `must lie in ${region}, where the tasks are`,
            example: `arn:aws:ssm:${region}:111111111111:parameter/gatehouse/dev/database-url`,
          },
        ]),
  ]);
}

function deliveryConflicts({ delivery, account, state }: Environment): Conflict[] {
  if (delivery === null) return [];
  return [
    ...(state.backend === 's3'
      ? []
      : [{ path: ['delivery'], reason: 'must be null where the state is local: a workflow has none', example: null }]),
    ...(delivery.providerArn === null || delivery.providerArn.split(':')[4] === account
      ? []
      : [
          {
            path: ['delivery', 'providerArn'],
            reason: `must be a provider of account ${account}`,
            example: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
          },
        ]),
  ];
}
