import { ListenerError } from '../errors.ts';
import { type Listener, type LoadBalancer, type TargetGroup } from '../model.ts';
import { readDocument } from './document.ts';
import { parse, type Place, reference } from './field.ts';
import { arnOf, type Links, linksTo } from './links.ts';
import { readListener } from './listener.ts';
import { readLoadBalancer } from './load-balancer.ts';
import { Problems } from './problems.ts';
import { readTargetGroup } from './target-group.ts';
import { type ResourceType, type TerraformResource } from './terraform-json.ts';

/** What was read, and what is wrong with it. */
export interface ReadLoadBalancers {
  readonly loadBalancers: readonly LoadBalancer[];
  /**
   * What AWS would refuse and what is not known here, in the order found. A rule that could not be read is there as an
   * unread one; a resource whose owner is not in the document is named here alone.
   */
  readonly problems: readonly ListenerError[];
}

/** What a Terraform document says about load balancers; of a plan, what it leads to, and what there is before. */
export type Reading =
  | ({ readonly kind: 'configuration' | 'state' } & ReadLoadBalancers)
  | ({ readonly kind: 'plan'; readonly before: ReadLoadBalancers } & ReadLoadBalancers);

/**
 * Reads synthesized configuration (`cdk.tf.json`), a plan or a state (as `terraform show -json` prints them, or as a state
 * is stored), parsed. Reads on past what is wrong, and reports it.
 *
 * In a plan, target groups go by their address (`${aws_lb_target_group.app.arn}`) before and after, so that one that is
 * replaced counts as the same.
 *
 * @throws ListenerError `NOT_TERRAFORM_JSON`, `UNSUPPORTED_FEATURE` when the document is not one of these, or not all of one
 */
export function readTerraform(json: unknown): Reading {
  const document = readDocument(json);
  switch (document.kind) {
    case 'configuration':
    case 'state':
      return { kind: document.kind, ...readResources(document.resources, arnOf) };
    case 'plan':
      return {
        kind: 'plan',
        before: readResources(document.before, addressArn),
        ...readResources(document.resources, addressArn),
      };
  }
}

function addressArn({ address }: TerraformResource): string {
  return `\${${address}.arn}`;
}

function readResources(
  resources: readonly TerraformResource[],
  nameOf: (targetGroup: TerraformResource) => string,
): ReadLoadBalancers {
  const problems = new Problems();
  const ofType = (type: ResourceType) => resources.filter((resource) => resource.type === type);
  const links = (type: ResourceType) => linksTo(type, resources, problems);
  const owned = (type: ResourceType, field: string, owners: Links) =>
    groupedByOwner(ofType(type), field, owners, problems);

  const listenersOf = owned('aws_lb_listener', 'load_balancer_arn', links('aws_lb'));
  const listeners = links('aws_lb_listener');
  const rulesOf = owned('aws_lb_listener_rule', 'listener_arn', listeners);
  const certificatesOf = owned('aws_lb_listener_certificate', 'listener_arn', listeners);
  const targetGroups = links('aws_lb_target_group');

  const loadBalancers = ofType('aws_lb').map((resource): LoadBalancer => {
    const used = new Map<TerraformResource, TargetGroup | undefined>();
    const findTargetGroup = (value: string, place: Place): Pick<TargetGroup, 'arn'> => {
      const found = targetGroups.find(value, place);
      if (!used.has(found))
        used.set(
          found,
          problems.attempt(() => readTargetGroup(found)),
        );
      return { arn: nameOf(found) };
    };
    const body = readLoadBalancer(resource, problems);
    const listeners = (listenersOf.get(resource) ?? []).flatMap((listener) => {
      const parts = { rules: rulesOf.get(listener) ?? [], certificates: certificatesOf.get(listener) ?? [] };
      return readListener(listener, parts, findTargetGroup, problems) ?? [];
    });
    problems.attempt(() => refuseSamePort(listeners));
    const groups = [...used].flatMap(([found, group]) => (group ? [{ ...group, arn: nameOf(found) }] : []));
    return { address: resource.address, arn: arnOf(resource), ...body, listeners, targetGroups: groups };
  });
  return { loadBalancers, problems: problems.all };
}

function groupedByOwner(
  owned: readonly TerraformResource[],
  field: string,
  owners: Links,
  problems: Problems,
): ReadonlyMap<TerraformResource, readonly TerraformResource[]> {
  const groups = new Map<TerraformResource, TerraformResource[]>();
  for (const resource of owned) {
    const place = { address: resource.address, field };
    const owner = problems.attempt(() => owners.find(parse(reference, resource.body[field], place), place));
    if (owner !== undefined) groups.set(owner, [...(groups.get(owner) ?? []), resource]);
  }
  return groups;
}

function refuseSamePort(listeners: readonly Listener[]): void {
  const byPort = new Map<number, Listener>();
  for (const listener of listeners) {
    const other = byPort.get(listener.port);
    if (other !== undefined) {
      throw new ListenerError('DUPLICATE_PORT', listener.address, {
        field: 'port',
        what: `Port ${listener.port} is also that of ${other.address}`,
        why: 'AWS accepts one listener a port',
        mend: 'Give each listener of a load balancer a port of its own',
      });
    }
    byPort.set(listener.port, listener);
  }
}
