import { type Invariant, ofTypes } from './invariant.ts';
import { groupsOf, type Opening, openings } from './traffic.ts';
import { LOAD_BALANCERS } from './types.ts';

const HTTPS = 443;

/** Each load balancer may reach port 443 outside, where the token and userinfo endpoints of the pool are. */
export const albEgress: Invariant = (system) => {
  const ways = openings(system, 'egress').filter(reachesHttpsAnywhere);
  return ofTypes(system, LOAD_BALANCERS)
    .filter((loadBalancer) => !groupsOf(system, loadBalancer).some((group) => ways.some((way) => way.group === group)))
    .map(({ address }) => ({
      code: 'ALB_EGRESS_MISSING',
      address,
      what: 'no security group of the load balancer lets it reach port 443 outside',
      why: 'it redeems codes at the token endpoint of the pool, which is public: every login would end in a 500',
      mend: 'add an egress rule, tcp 443 to 0.0.0.0/0, to its security group',
    }));
};

function reachesHttpsAnywhere({ ranges, protocol, fromPort, toPort }: Opening): boolean {
  if (!ranges.includes('0.0.0.0/0')) return false;
  if (String(protocol) === '-1') return true;
  return protocol === 'tcp' && Number(fromPort) <= HTTPS && HTTPS <= Number(toPort);
}
