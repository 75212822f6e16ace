import { application, login } from '../application.ts';
import { type albContract, type cognitoContract, type Values } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';

/** What the container is made from. */
export interface ContainerProps {
  readonly environment: Pick<Environment, 'region' | 'login'>;
  /** With its digest: `<repository>@sha256:…`. */
  readonly image: string;
  readonly logGroupName: string;
  readonly alb: Pick<Values<typeof albContract>, 'loadBalancerArn' | 'publicUrl'>;
  readonly pool: Pick<Values<typeof cognitoContract>, 'issuer' | 'userPoolClientId' | 'jwksUrl' | 'hostedUrl'>;
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
    SESSION_COOKIE_NAME: login.sessionCookieName,
    SESSION_TIMEOUT_SECONDS: `${environment.login.sessionTimeoutSeconds}`,
  };
}

/**
 * The container definitions of the task: a JSON text of one container, with Terraform's references inside its strings,
 * so that whoever reads the synthesized stack can parse it.
 */
export function containerDefinitions(props: ContainerProps): string {
  const settings = applicationSettings(props);
  return JSON.stringify([
    {
      name: application.containerName,
      image: props.image,
      essential: true,
      portMappings: [{ containerPort: application.containerPort, protocol: 'tcp' }],
      environment: Object.entries(settings).map(([name, value]) => ({ name, value })),
      readonlyRootFilesystem: true,
      // The application drains on SIGTERM; ECS kills it after this many seconds.
      stopTimeout: 60,
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
