import { blocks } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes, type System, type Violation } from './invariant.ts';
import { groupOf, groupsOf, list, type Opening, openings } from './traffic.ts';
import { LOAD_BALANCERS, SERVICES } from './types.ts';

/**
 * Tasks take traffic from the load balancer's security group and from nowhere else. The signature on the identity
 * header does not help here: every load balancer of a region signs with the same keys.
 */
export const taskIngress: Invariant = (system) => {
  const services = ofTypes(system, SERVICES).map(({ stack, address, body }) => ({
    address,
    groups: blocks(body, 'network_configuration')
      .flatMap((network) => list(network['security_groups']))
      .map((expression) => groupOf(system, stack, expression)),
  }));
  const unknown = services
    .filter(({ groups }) => groups.length === 0 || groups.includes(undefined))
    .map(({ address }) =>
      violation(address, 'a security group of the service is not one of these stacks, or it has none'),
    );

  const guarded = services.flatMap(({ groups }) => groups);
  const open = openings(system, 'ingress')
    // A rule whose group cannot be told might open the tasks.
    .filter(({ group }) => group === undefined || guarded.includes(group))
    .filter((opening) => !isFromLoadBalancer(system, opening))
    .map(({ address, group }) =>
      violation(
        address,
        group
          ? 'a security group of the tasks lets in something other than the load balancer'
          : 'the rule opens a security group that is not one of these stacks, which might be that of the tasks',
      ),
    );
  return services.length === 0 ? [] : [...unknown, ...open];
};

function isFromLoadBalancer(system: System, { stack, peerGroups, ranges, others }: Opening): boolean {
  const allowed = ofTypes(system, LOAD_BALANCERS).flatMap((loadBalancer) => groupsOf(system, loadBalancer));
  const peers = peerGroups.map((expression) => groupOf(system, stack, expression));
  return !others && ranges.length === 0 && peers.length > 0 && peers.every((peer) => peer && allowed.includes(peer));
}

function violation(address: string, what: string): Violation {
  return {
    code: 'TASK_REACHABLE',
    address,
    what,
    why: 'a request that did not pass the listener did not pass the login, and can bring headers of its own',
    mend: 'give the service a security group of these stacks, and let in only the security group of the load balancer, by reference',
  };
}
