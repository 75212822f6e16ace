import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { type Construct } from 'constructs';

import { application } from '../application.ts';
import { albContract, cognitoContract, consume, networkContract, publish } from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';
import { GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { publicOrigin } from '../origin.ts';
import { pin } from '../pin.ts';
import { accessLogs } from './access-logs.ts';
import { actions } from './actions.ts';
import { alarms } from './alarms.ts';
import { certificateArn, pointDomainAt } from './certificate.ts';
import { dashboardBody } from './dashboard.ts';
import { listenerRules } from './rules.ts';
import { loadBalancerSecurityGroup } from './security-group.ts';
import { guardWithWebAcl } from './web-acl.ts';

/** TLS 1.3, and 1.2 with forward secrecy for what cannot yet (create-https-listener, "Security policies"). */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** The door: who is not logged in is sent to the pool, except on the public paths; HTTP only points to HTTPS. */
export class AlbStack extends GatehouseStack {
  constructor(app: Construct, environment: Environment) {
    super(app, 'alb', environment);
    const network = consume(this, networkContract);
    const group = loadBalancerSecurityGroup(this, network.vpcId);
    const logs = accessLogs(this);
    const loadBalancer = new Lb(this, 'alb', {
      name: nameOf(environment.name, 'loadBalancer'),
      loadBalancerType: 'application',
      internal: false,
      // The load balancer reaches the pool over IPv4 alone (listener-authenticate-users).
      ipAddressType: 'ipv4',
      subnets: network.publicSubnetIds,
      securityGroups: [group.id],
      // Else `x_amzn_oidc_data` passes, which some frameworks take for the real header.
      dropInvalidHeaderFields: true,
      desyncMitigationMode: environment.loadBalancer.desyncMitigation,
      enableDeletionProtection: environment.deletionProtection,
      ...(logs ? { accessLogs: { bucket: logs.bucketName, enabled: true }, dependsOn: [...logs.ready] } : {}),
    });
    const targets = this.targets(network.vpcId);
    this.listenHttps(loadBalancer, targets);
    this.redirectHttp(loadBalancer);
    pointDomainAt(this, loadBalancer);
    guardWithWebAcl(this, loadBalancer);
    this.monitor(loadBalancer, targets);

    publish(this, albContract, {
      loadBalancerArn: loadBalancer.arn,
      targetGroupArn: targets.arn,
      securityGroupId: group.id,
      dnsName: loadBalancer.dnsName,
      publicUrl: publicOrigin(environment),
    });
  }

  private targets(vpcId: string): LbTargetGroup {
    return new LbTargetGroup(this, 'app', {
      name: nameOf(this.environment.name, 'targetGroup'),
      vpcId,
      targetType: 'ip',
      protocol: 'HTTP',
      port: application.containerPort,
      deregistrationDelay: `${application.drainSeconds}`,
      healthCheck: {
        path: application.readyPath,
        matcher: '200',
        interval: 15,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    });
  }

  private listenHttps(loadBalancer: Lb, targets: LbTargetGroup): void {
    const { environment } = this;
    const acts = actions(environment, consume(this, cognitoContract), targets.arn);
    const listener = new LbListener(this, 'https', {
      loadBalancerArn: loadBalancer.arn,
      port: environment.ports.https,
      protocol: 'HTTPS',
      sslPolicy: TLS_POLICY,
      certificateArn: certificateArn(this),
      defaultAction: [acts.login('authenticate'), acts.forward(2)],
    });
    listenerRules(this, listener.arn, acts);
  }

  private redirectHttp(loadBalancer: Lb): void {
    const { ports } = this.environment;
    new LbListener(this, 'http', {
      loadBalancerArn: loadBalancer.arn,
      port: ports.http,
      protocol: 'HTTP',
      defaultAction: [
        { type: 'redirect', redirect: { protocol: 'HTTPS', port: `${ports.https}`, statusCode: 'HTTP_301' } },
      ],
    });
  }

  private monitor(loadBalancer: Lb, targets: LbTargetGroup): void {
    const { name, region, loadBalancer: settings } = this.environment;
    if (!settings.monitoring) return;
    const dimensions = { loadBalancer: loadBalancer.arnSuffix, targetGroup: targets.arnSuffix };
    alarms(this, dimensions, settings.monitoring);
    const dashboard = new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: nameOf(name, 'dashboard'),
      dashboardBody: dashboardBody(region, dimensions, settings.monitoring.latencySeconds),
    });
    pin(dashboard, 'gatehouse');
  }
}
