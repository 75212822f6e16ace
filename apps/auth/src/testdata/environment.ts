/** A complete environment of the application, as the task definition sets it. */
export const environment = {
  PORT: '3000',
  PUBLIC_URL: 'https://app.example.com',
  ALB_ARN: 'arn:aws:elasticloadbalancing:eu-central-1:111111111111:loadbalancer/app/gatehouse/0123456789abcdef',
  ALB_PUBLIC_KEYS_URL: 'https://public-keys.auth.elb.eu-central-1.amazonaws.com',
  COGNITO_ISSUER: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI',
  COGNITO_CLIENT_ID: '1example23456789',
  COGNITO_JWKS_URL: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI/.well-known/jwks.json',
  COGNITO_HOSTED_URL: 'https://gatehouse.auth.eu-central-1.amazoncognito.com',
  SESSION_COOKIE_NAME: 'AWSELBAuthSessionCookie',
  SESSION_TIMEOUT_SECONDS: '3600',
} as const;

/** The pool of that issuer, for an application that administers its users. */
export const userPoolId = 'eu-central-1_AbCdEfGhI';
