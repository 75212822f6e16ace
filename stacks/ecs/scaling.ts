import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target/index.js';
import { Fn, Token } from 'cdktf';

import { type albContract, type Values } from '../contracts/index.ts';
import { type GatehouseStack } from '../gatehouse-stack.ts';
import { pin } from '../pin.ts';

/** What is scaled, and the load balancer that counts its requests. */
export interface Scaled {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly alb: Pick<Values<typeof albContract>, 'loadBalancerArn' | 'targetGroupArn'>;
}

/** Calm after a task was taken away or added: adding is quick, taking away waits for the load to stay low. */
const COOLDOWN_SECONDS = { in: 300, out: 60 };

/** Adds tasks while CPU or requests a task are above what the environment says, whichever asks for more. */
export function scale(stack: GatehouseStack, { clusterName, serviceName, alb }: Scaled): void {
  const { desiredCount, scaling } = stack.environment.service;
  if (!scaling) return;
  const target = pin(
    new AppautoscalingTarget(stack, 'scaling', {
      serviceNamespace: 'ecs',
      resourceId: `service/${clusterName}/${serviceName}`,
      scalableDimension: 'ecs:service:DesiredCount',
      minCapacity: desiredCount,
      maxCapacity: scaling.maximumCount,
    }),
    'app',
  );
  const track = (id: string, targetValue: number, metric: { predefinedMetricType: string; resourceLabel?: string }) => {
    const policy = new AppautoscalingPolicy(stack, `scaling-${id}`, {
      name: id,
      policyType: 'TargetTrackingScaling',
      serviceNamespace: target.serviceNamespace,
      resourceId: target.resourceId,
      scalableDimension: target.scalableDimension,
      targetTrackingScalingPolicyConfiguration: {
        targetValue,
        scaleInCooldown: COOLDOWN_SECONDS.in,
        scaleOutCooldown: COOLDOWN_SECONDS.out,
        predefinedMetricSpecification: metric,
      },
    });
    pin(policy, id);
  };
  track('cpu', scaling.cpuPercent, { predefinedMetricType: 'ECSServiceAverageCPUUtilization' });
  track('requests', scaling.requestsPerTarget, {
    predefinedMetricType: 'ALBRequestCountPerTarget',
    resourceLabel: resourceLabel(alb),
  });
}

/** `app/<name>/<id>/targetgroup/<name>/<id>`: the ends of both ARNs (Application Auto Scaling API, ResourceLabel). */
function resourceLabel({ loadBalancerArn, targetGroupArn }: Scaled['alb']): string {
  const part = (arn: string, separator: string, index: number) =>
    Token.asString(Fn.element(Fn.split(separator, arn), index));
  return `${part(loadBalancerArn, ':loadbalancer/', 1)}/${part(targetGroupArn, ':', 5)}`;
}
