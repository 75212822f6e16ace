import { CognitoUserGroup } from '@cdktf/provider-aws/lib/cognito-user-group/index.js';
import { type Construct } from 'constructs';

import { cognitoContract, publish } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';
import { GatehouseStack } from '../gatehouse-stack.ts';
import { pin } from '../pin.ts';
import { hostedLogin } from './hosted-login.ts';
import { loadBalancerClient } from './load-balancer-client.ts';
import { machineClient, resourceServer } from './machine-client.ts';
import { userPool } from './user-pool.ts';

/** The people: a user pool with its groups, its hosted login, and the clients that may ask it for tokens. */
export class CognitoStack extends GatehouseStack {
  constructor(app: Construct, environment: Environment) {
    super(app, 'cognito', environment);
    const pool = userPool(this);
    const client = loadBalancerClient(this, pool);
    const hosted = hostedLogin(this, pool, client);
    environment.login.groups.forEach((name, precedence) => {
      pin(new CognitoUserGroup(this, `group-${name}`, { name, userPoolId: pool.id, precedence }), name);
    });
    const machines = machineClient(this, pool, resourceServer(this, pool));

    const issuer = `https://cognito-idp.${environment.region}.amazonaws.com/${pool.id}`;
    publish(this, cognitoContract, {
      userPoolId: pool.id,
      userPoolArn: pool.arn,
      userPoolClientId: client.id,
      userPoolDomain: hosted.domain,
      machineClientId: machines?.id ?? '',
      issuer,
      hostedUrl: hosted.url,
      jwksUrl: `${issuer}/.well-known/jwks.json`,
    });
  }
}
