/** The environment variables of the application, in the order in which problems are reported. */
export const variables = {
  HOST: {
    source: 'the container definition in the ecs stack sets it',
    example: '0.0.0.0',
  },
  PORT: {
    source: 'the container definition in the ecs stack sets it, to the port of the target group',
    example: '3000',
  },
  PUBLIC_URL: {
    source: 'it is the output publicUrl of the alb stack, made from the domain of the environment',
    example: 'https://app.example.com',
  },
  ALB_ARN: {
    source: 'it is the output loadBalancerArn of the alb stack',
    example: 'arn:aws:elasticloadbalancing:eu-central-1:111111111111:loadbalancer/app/gatehouse/0123456789abcdef',
  },
  ALB_PUBLIC_KEYS_URL: {
    source: 'the container definition in the ecs stack makes it from the region of the environment',
    example: 'https://public-keys.auth.elb.eu-central-1.amazonaws.com',
  },
  COGNITO_ISSUER: {
    source: 'it is the output issuer of the cognito stack',
    example: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI',
  },
  COGNITO_CLIENT_ID: {
    source: 'it is the output userPoolClientId of the cognito stack',
    example: '1example23456789',
  },
  COGNITO_JWKS_URL: {
    source: 'it is the output jwksUrl of the cognito stack',
    example: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI/.well-known/jwks.json',
  },
  COGNITO_HOSTED_URL: {
    source: 'it is the output hostedUrl of the cognito stack',
    example: 'https://gatehouse.auth.eu-central-1.amazoncognito.com',
  },
  SESSION_COOKIE_NAME: {
    source: "it is the session cookie name of the alb stack's authenticate action",
    example: 'AWSELBAuthSessionCookie',
  },
  SESSION_TIMEOUT_SECONDS: {
    source: 'it is the session timeout of the environment, as the alb stack uses it',
    example: '3600',
  },
  BEARER_CLIENT_IDS: {
    source: 'the environment lists the app clients that may call with bearer tokens; leave it out to refuse them all',
    example: '1example23456789,2example34567890',
  },
  COGNITO_USER_POOL_ID: {
    source: 'it is the output userPoolId of the cognito stack; leave it out and there is no user administration',
    example: 'eu-central-1_AbCdEfGhI',
  },
  DRAIN_SECONDS: {
    source: 'the container definition in the ecs stack sets it, to the deregistration delay of the target group',
    example: '30',
  },
  REQUESTS_PER_MINUTE: {
    source: 'it is what one user may ask of one process; leave it out for 3000',
    example: '3000',
  },
  PUBLIC_REQUESTS_PER_MINUTE: {
    source: 'it is what one address may ask of the public routes of one process; leave it out for 6000',
    example: '6000',
  },
} as const satisfies Readonly<Record<string, { readonly source: string; readonly example: string }>>;

export type VariableName = keyof typeof variables;
