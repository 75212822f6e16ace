import { CognitoUserGroup } from '@cdktf/provider-aws/lib/cognito-user-group/index.js';
import { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';
import { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client/index.js';
import { CognitoUserPoolDomain } from '@cdktf/provider-aws/lib/cognito-user-pool-domain/index.js';
import { type Construct } from 'constructs';

import { login } from '../application.ts';
import { cognitoContract, publish } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';
import { GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { callbackUrl, loggedOutUrl } from '../origin.ts';
import { pin } from '../pin.ts';

/** Cognito refuses shorter refresh tokens. */
const SHORTEST_REFRESH_MINUTES = 60;

/** The people: a user pool with its groups, its hosted login, and the one client that may ask it to log somebody in. */
export class CognitoStack extends GatehouseStack {
  constructor(app: Construct, environment: Environment) {
    super(app, 'cognito', environment);
    const { region } = environment;
    const pool = this.pool();
    const client = this.client(pool);
    const domain = new CognitoUserPoolDomain(this, 'domain', {
      domain: environment.login.domainPrefix,
      userPoolId: pool.id,
      // The classic pages. Version 2 answers "Login pages unavailable" until a style is made for each client, which
      // the provider's 5.100 cannot.
      managedLoginVersion: 1,
    });
    environment.login.groups.forEach((name, precedence) => {
      pin(new CognitoUserGroup(this, `group-${name}`, { name, userPoolId: pool.id, precedence }), name);
    });

    const issuer = `https://cognito-idp.${region}.amazonaws.com/${pool.id}`;
    publish(this, cognitoContract, {
      userPoolId: pool.id,
      userPoolArn: pool.arn,
      userPoolClientId: client.id,
      userPoolDomain: domain.domain,
      issuer,
      hostedUrl: `https://${domain.domain}.auth.${region}.amazoncognito.com`,
      jwksUrl: `${issuer}/.well-known/jwks.json`,
    });
  }

  private pool(): CognitoUserPool {
    const { name, login, deletionProtection } = this.environment;
    return new CognitoUserPool(this, 'pool', {
      name: nameOf(name, 'userPool'),
      userPoolTier: 'ESSENTIALS',
      deletionProtection: deletionProtection ? 'ACTIVE' : 'INACTIVE',
      usernameAttributes: ['email'],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ['email'],
      accountRecoverySetting: { recoveryMechanism: [{ name: 'verified_email', priority: 1 }] },
      // People are invited; nobody lets himself in.
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      mfaConfiguration: login.mfa,
      ...(login.mfa === 'OFF' ? {} : { softwareTokenMfaConfiguration: { enabled: true } }),
      passwordPolicy: {
        minimumLength: 12,
        requireLowercase: true,
        requireNumbers: true,
        requireSymbols: false,
        requireUppercase: true,
        temporaryPasswordValidityDays: 7,
      },
    });
  }

  private client(pool: CognitoUserPool): CognitoUserPoolClient {
    const { environment } = this;
    const { accessTokenMinutes, sessionTimeoutSeconds } = environment.login;
    return new CognitoUserPoolClient(this, 'alb', {
      name: nameOf(environment.name, 'userPoolClient'),
      userPoolId: pool.id,
      generateSecret: true,
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ['code'],
      allowedOauthScopes: [...login.scopes],
      callbackUrls: [callbackUrl(environment)],
      logoutUrls: [loggedOutUrl(environment)],
      supportedIdentityProviders: ['COGNITO'],
      // Left out, Cognito would let this client log people in by API too (ALLOW_USER_SRP_AUTH, ALLOW_CUSTOM_AUTH).
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      preventUserExistenceErrors: 'ENABLED',
      enableTokenRevocation: true,
      accessTokenValidity: accessTokenMinutes,
      idTokenValidity: accessTokenMinutes,
      // As long as the load balancer's session, which is renewed with it and then ends anyway.
      refreshTokenValidity: Math.max(SHORTEST_REFRESH_MINUTES, Math.ceil(sessionTimeoutSeconds / 60)),
      tokenValidityUnits: [{ accessToken: 'minutes', idToken: 'minutes', refreshToken: 'minutes' }],
    });
  }
}
