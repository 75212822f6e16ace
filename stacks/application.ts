/**
 * What the stacks and the application's container agree on. Both sides of every such agreement read it here: the alb
 * stack checks the health of, and the ecs stack starts, the same port.
 */
export const application = {
  /** Name of the container in the task definition, and of the target in the service. */
  containerName: 'auth',
  /** Port on which the container listens, HTTP. The load balancer is the only one to reach it. */
  containerPort: 3000,
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
  /** AWS's default, said aloud because the application has to expire the cookie's shards by name. */
  sessionCookieName: 'AWSELBAuthSessionCookie',
} as const;
