import { CloudformationStack } from '@cdktf/provider-aws/lib/cloudformation-stack/index.js';
import { type CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';
import { type CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client/index.js';
import { CognitoUserPoolDomain } from '@cdktf/provider-aws/lib/cognito-user-pool-domain/index.js';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record/index.js';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';

/** Where people log in. */
export interface HostedLogin {
  /** As the authenticate action wants it: the prefix, or the whole name of a domain of one's own. */
  readonly domain: string;
  /** Its origin. */
  readonly url: string;
}

/** The pool's pages for logging in, under a prefix of Amazon's domain or under a domain of one's own. */
export function hostedLogin(stack: GatehouseStack, pool: CognitoUserPool, client: CognitoUserPoolClient): HostedLogin {
  const { region, login } = stack.environment;
  const place =
    login.hostedLogin.at === 'prefix'
      ? { domain: login.hostedLogin.prefix }
      : { domain: login.hostedLogin.domain, certificateArn: login.hostedLogin.certificateArn };
  const domain = new CognitoUserPoolDomain(stack, 'domain', {
    ...place,
    userPoolId: pool.id,
    managedLoginVersion: login.pages === 'managed' ? 2 : 1,
  });
  if (login.pages === 'managed') styleManagedLogin(stack, pool, client);
  if (login.hostedLogin.at === 'prefix') {
    return { domain: domain.domain, url: `https://${domain.domain}.auth.${region}.amazoncognito.com` };
  }
  pointAtCloudFront(stack, domain);
  return { domain: domain.domain, url: `https://${domain.domain}` };
}

/** Points the login's own domain at the distribution that serves it, where the hosted zone is ours. */
function pointAtCloudFront(stack: GatehouseStack, domain: CognitoUserPoolDomain): void {
  const { certificate } = stack.environment;
  if (certificate.source === 'given') return;
  pin(
    new Route53Record(stack, 'login-record', {
      zoneId: certificate.zoneId,
      name: domain.domain,
      type: 'A',
      alias: {
        name: domain.cloudfrontDistribution,
        zoneId: domain.cloudfrontDistributionZoneId,
        evaluateTargetHealth: false,
      },
    }),
    'login',
  );
}

/**
 * Gives the client the pages in Cognito's own style: without one they answer "Login pages unavailable". The provider's
 * 5.100 has no resource for it, CloudFormation has.
 */
function styleManagedLogin(stack: GatehouseStack, pool: CognitoUserPool, client: CognitoUserPoolClient): void {
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: {
      Style: {
        Type: 'AWS::Cognito::ManagedLoginBranding',
        Properties: { UserPoolId: pool.id, ClientId: client.id, UseCognitoProvidedValues: true },
      },
    },
  };
  new CloudformationStack(stack, 'login-style', {
    name: nameOf(stack.environment.name, 'loginStyle'),
    templateBody: JSON.stringify(template),
  });
}
