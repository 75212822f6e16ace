import { ListenerError } from '../errors.ts';
import { type Listener, type LoadBalancer, type TargetGroup } from '../model.ts';
import { arnOf, type Links, linksTo } from './links.ts';
import { readListener } from './listener.ts';
import { readLoadBalancer } from './load-balancer.ts';
import { parse, type Place, reference } from './field.ts';
import { readTargetGroup } from './target-group.ts';
import { readResources, type TerraformResource } from './terraform-json.ts';

/**
 * The Application Load Balancers of a synthesized Terraform document (`cdk.tf.json`), each with its listeners, their
 * rules in the order of evaluation, and the target groups they forward to.
 *
 * A listener finds its load balancer, a rule its listener and an action its target group by reference
 * (`${aws_lb.alb.arn}`, or `.id`) or, where references were resolved before reading, by the literal under the key `arn`
 * of the other's body.
 *
 * What is not known, or what AWS would refuse, is never passed over: the whole document is refused.
 *
 * @throws ListenerError with the code, the Terraform address at fault, and how to mend it
 */
export function readLoadBalancers(terraformJson: unknown): readonly LoadBalancer[] {
  const resources = readResources(terraformJson);
  const ofType = (type: TerraformResource['type']) => resources.filter((resource) => resource.type === type);
  const listenersOf = groupedByOwner(ofType('aws_lb_listener'), 'load_balancer_arn', linksTo('aws_lb', resources));
  const rulesOf = groupedByOwner(ofType('aws_lb_listener_rule'), 'listener_arn', linksTo('aws_lb_listener', resources));
  const targetGroups = linksTo('aws_lb_target_group', resources);

  return ofType('aws_lb').map((resource) => {
    const used = new Map<string, TargetGroup>();
    const findTargetGroup = (value: string, place: Place): TargetGroup => {
      const found = targetGroups.find(value, place);
      const group = used.get(found.address) ?? readTargetGroup(found);
      used.set(found.address, group);
      return group;
    };
    const body = readLoadBalancer(resource);
    const listeners = (listenersOf.get(resource) ?? []).map((listener) =>
      readListener(listener, rulesOf.get(listener) ?? [], findTargetGroup),
    );
    refuseSamePort(listeners);
    return { address: resource.address, arn: arnOf(resource), ...body, listeners, targetGroups: [...used.values()] };
  });
}

function groupedByOwner(
  owned: readonly TerraformResource[],
  field: string,
  owners: Links,
): ReadonlyMap<TerraformResource, readonly TerraformResource[]> {
  const groups = new Map<TerraformResource, TerraformResource[]>();
  for (const resource of owned) {
    const place = { address: resource.address, field };
    const owner = owners.find(parse(reference, resource.body[field], place), place);
    groups.set(owner, [...(groups.get(owner) ?? []), resource]);
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
