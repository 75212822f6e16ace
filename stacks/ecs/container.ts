import { application } from '../application.ts';
import { type albContract, type cognitoContract, type Values } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';

/** For ending what is left after the last request: log lines, connections. */
const STOP_MARGIN_SECONDS = 30;

/** What the container is made from. */
export interface ContainerProps {
  readonly environment: Pick<Environment, 'region' | 'login' | 'machines' | 'service'>;
  /** With its digest: `<repository>@sha256:…`. */
  readonly image: string;
  readonly logGroupName: string;
  readonly alb: Pick<Values<typeof albContract>, 'loadBalancerArn' | 'publicUrl'>;
  readonly pool: Pick<
    Values<typeof cognitoContract>,
    'issuer' | 'userPoolId' | 'userPoolClientId' | 'machineClientId' | 'jwksUrl' | 'hostedUrl'
  >;
}

/**
 * The settings of the application. It does not start without them, so that no default can open the door: signer,
 * issuer and client are always pinned.
 */
export function applicationSettings(props: ContainerProps): Readonly<Record<string, string>> {
  const { environment, alb, pool } = props;
  return {
    HOST: '0.0.0.0',
    PORT: `${application.containerPort}`,
    PUBLIC_URL: alb.publicUrl,
    ALB_ARN: alb.loadBalancerArn,
    // listener-authenticate-users, "User claims encoding and signature verification".
    ALB_PUBLIC_KEYS_URL: `https://public-keys.auth.elb.${environment.region}.amazonaws.com`,
    COGNITO_ISSUER: pool.issuer,
    COGNITO_CLIENT_ID: pool.userPoolClientId,
    COGNITO_JWKS_URL: pool.jwksUrl,
    COGNITO_HOSTED_URL: pool.hostedUrl,
    SESSION_COOKIE_NAME: environment.login.sessionCookieName,
    SESSION_TIMEOUT_SECONDS: `${environment.login.sessionTimeoutSeconds}`,
    // As long as the load balancer may go on sending to a task that has to go; `stopTimeout` leaves it the time.
    DRAIN_SECONDS: `${application.drainSeconds}`,
    // Absent, the application takes no bearer token at all.
    ...(environment.machines ? { BEARER_CLIENT_IDS: pool.machineClientId } : {}),
    // Absent, the application has no pages about users.
    ...(environment.login.userAdministration ? { COGNITO_USER_POOL_ID: pool.userPoolId } : {}),
  };
}

/**
 * The container definitions of the task: a JSON text of one container, with Terraform's references inside its strings,
 * so that whoever reads the synthesized stack can parse it.
 */
export function containerDefinitions(props: ContainerProps): string {
  const settings = applicationSettings(props);
  const { exec, secrets } = props.environment.service;
  return JSON.stringify([
    {
      name: application.containerName,
      image: props.image,
      essential: true,
      portMappings: [{ containerPort: application.containerPort, protocol: 'tcp' }],
      environment: Object.entries(settings).map(([name, value]) => ({ name, value })),
      // Only where there are some: the task definition as AWS returns it has no empty list, and would differ.
      ...(secrets.length > 0
        ? { secrets: secrets.map(({ variable, arn }) => ({ name: variable, valueFrom: arn })) }
        : {}),
      user: application.user,
      // A shell in the task writes to the file system (ECS guide, "ECS Exec", considerations).
      readonlyRootFilesystem: !exec,
      healthCheck: { command: healthCommand(), interval: 10, timeout: 5, retries: 3, startPeriod: 15 },
      // The application drains on SIGTERM; ECS kills it after this many seconds.
      stopTimeout: application.drainSeconds + STOP_MARGIN_SECONDS,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': props.logGroupName,
          'awslogs-region': props.environment.region,
          'awslogs-stream-prefix': application.containerName,
        },
      },
    },
  ]);
}

/**
 * Asks the application whether it is alive, with the Node that runs it: the image has neither a shell nor curl. No `$`
 * in it, which Terraform would take for a template.
 */
function healthCommand(): readonly string[] {
  const url = `http://127.0.0.1:${application.containerPort}${application.livePath}`;
  return ['CMD', 'node', '-e', `fetch('${url}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`];
}
