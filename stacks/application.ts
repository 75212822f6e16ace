/**
 * What the stacks and the application's container agree on. Both sides of every such agreement read it here: the alb
 * stack checks the health of, and the ecs stack starts, the same port.
 */
export const application = {
  /** Name of the container in the task definition, and of the target in the service. */
  containerName: 'auth',
  /** Port on which the container listens, HTTP. The load balancer is the only one to reach it. */
  containerPort: 3000,
  /** User and group of the image; a number, so that it can be seen not to be root. */
  user: '1000:1000',
  /** Answers 200 while the process works at all; what is not ready is not ill, and is not replaced for it. */
  livePath: '/health/live',
  /**
   * How long a request may take that is running when its task has to go. The load balancer waits so long before ECS
   * sends SIGTERM (`deregistration_delay`), and again so long, with a margin, the application may take to end.
   */
  drainSeconds: 30,
  /** Answers 200 while the application wants traffic. Health checks come straight to the target, past every rule. */
  readyPath: '/health/ready',
} as const;

/** How people log in: what the app client, the listener and the container's settings must say alike. */
export const login = {
  /** Where the load balancer takes the pool's answer; fixed by AWS (listener-authenticate-users, "Prepare to use Amazon Cognito"). */
  callbackPath: '/oauth2/idpresponse',
  /** Where the pool sends the browser after a logout; public, or the load balancer would start a new login. */
  loggedOutPath: '/logged-out',
  /** `openid` is what makes the pool issue an ID token; without it the load balancer answers 401. */
  scopes: ['openid', 'email', 'profile'],
  /** The group whose members the application lets manage users. */
  administrators: 'admins',
} as const;

/** What the stacks tell the application through its environment variables, so that nothing else may be called so. */
export const SETTINGS: readonly string[] = [
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'ALB_ARN',
  'ALB_PUBLIC_KEYS_URL',
  'COGNITO_ISSUER',
  'COGNITO_CLIENT_ID',
  'COGNITO_JWKS_URL',
  'COGNITO_HOSTED_URL',
  'SESSION_COOKIE_NAME',
  'SESSION_TIMEOUT_SECONDS',
  'BEARER_CLIENT_IDS',
  'COGNITO_USER_POOL_ID',
  'DRAIN_SECONDS',
];
