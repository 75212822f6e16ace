import { type Finding } from '../../progress/finding.ts';
import { type SynthesizedStacks } from '../../synth/manifest.ts';

/** A limit of AWS that the stacks come near to, or that others in the account may have used up. */
export interface Quota {
  /** Of the blocks in the probe. */
  readonly name: string;
  readonly check: string;
  /** As Service Quotas names it; the codes are the same in every region. */
  readonly service: string;
  readonly code: string;
  /** How many the stacks want. */
  readonly wanted: number;
  /** A data source that lists what there is in the region, and the attribute with the list. */
  readonly used?: { readonly type: string; readonly attribute: string };
}

/** What the probe found out about one quota; undefined where it may not look. */
export interface Measured {
  readonly limit: number | undefined;
  readonly used: number | undefined;
}

const UNITS_PER_VCPU = 1024;

/** The quotas that decide whether the stacks can be made. What they want nothing of is left out. */
export function quotasOf(stacks: SynthesizedStacks): readonly Quota[] {
  const count = (type: string): number => bodies(stacks, type).length;
  const all: readonly Quota[] = [
    {
      name: 'vpcs',
      check: 'quota: VPCs',
      service: 'vpc',
      code: 'L-F678F1CE',
      wanted: count('aws_vpc'),
      used: { type: 'aws_vpcs', attribute: 'ids' },
    },
    {
      name: 'addresses',
      check: 'quota: Elastic IPs',
      service: 'ec2',
      code: 'L-0263D0A3',
      wanted: count('aws_eip'),
      used: { type: 'aws_eips', attribute: 'allocation_ids' },
    },
    {
      name: 'load_balancers',
      check: 'quota: ALBs',
      service: 'elasticloadbalancing',
      code: 'L-53DA6B97',
      wanted: count('aws_lb'),
      used: { type: 'aws_lbs', attribute: 'arns' },
    },
    {
      name: 'rules',
      check: 'quota: rules of an ALB',
      service: 'elasticloadbalancing',
      code: 'L-7EED9B64',
      wanted: count('aws_lb_listener_rule'),
    },
    { name: 'vcpus', check: 'quota: Fargate vCPUs', service: 'fargate', code: 'L-3032A538', wanted: vcpus(stacks) },
    {
      name: 'user_pools',
      check: 'quota: user pools',
      service: 'cognito-idp',
      code: 'L-66E6DF30',
      wanted: count('aws_cognito_user_pool'),
    },
  ];
  return all.filter(({ wanted }) => wanted > 0);
}

/**
 * Too small a limit is a failure. What is used counts for a warning alone: it may be this environment's own, deployed
 * before.
 */
export function quotaFinding(
  { check, service, code, wanted }: Quota,
  { limit, used }: Measured,
  region: string,
): Finding {
  const more = `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --region ${region} --desired-value`;
  if (limit === undefined) {
    return {
      check,
      state: 'warning',
      message: `${wanted} wanted; how many there may be could not be read.`,
      mend: `Allow servicequotas:GetServiceQuota and servicequotas:GetAWSDefaultServiceQuota, or look at ${code} of ${service} in Service Quotas.`,
    };
  }
  if (wanted > limit) {
    const message = `${wanted} wanted, and ${limit} allowed in ${region}: AWS will refuse the rest.`;
    return { check, state: 'failed', message, mend: `${more} ${wanted + (used ?? 0)}` };
  }
  if (used !== undefined && used + wanted > limit) {
    return {
      check,
      state: 'warning',
      message: `${wanted} wanted, and ${used} of the ${limit} allowed in ${region} are in use. Enough only if these are already the environment's own.`,
      mend: `Delete what is not needed any more, or ${more} ${used + wanted}`,
    };
  }
  const message = `${wanted} wanted, ${limit} allowed${used === undefined ? '' : `, ${used} in use`}.`;
  return { check, state: 'ok', message };
}

/** The most that the services run at once; a rolling deployment runs the old tasks and the new. */
function vcpus(stacks: SynthesizedStacks): number {
  const units = Math.max(0, ...bodies(stacks, 'aws_ecs_task_definition').map(({ cpu }) => Number(cpu) || 0));
  const tasks = [
    ...bodies(stacks, 'aws_appautoscaling_target').map(({ max_capacity }) => Number(max_capacity) || 0),
    ...bodies(stacks, 'aws_ecs_service').map(({ desired_count }) => Number(desired_count) || 0),
  ];
  return (2 * Math.max(0, ...tasks) * units) / UNITS_PER_VCPU;
}

function bodies(stacks: SynthesizedStacks, type: string): readonly Readonly<Record<string, unknown>>[] {
  return [...stacks.values()].flatMap(({ terraform }) => Object.values(terraform.resource[type] ?? {}));
}
