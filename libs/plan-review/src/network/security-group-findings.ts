import { type Finding, type Severity } from '../model.ts';
import { type Links } from '../plan/links.ts';
import { type ResourceChange } from '../plan/model.ts';
import { namedBy } from '../plan/named-by.ts';
import { formatIp, isPublic } from './ip-range.ts';
import { describePeer, describePermission, type Peer, permittedBeyond } from './permission.ts';
import { type Granted, type SecurityGroup, securityGroups } from './security-group.ts';

/** The arguments by which anything but a load balancer names the security groups that guard it. */
const guards = [
  'security_groups',
  'security_group_ids',
  'vpc_security_group_ids',
  'network_configuration',
  'vpc_config',
  'network_interfaces',
];

/** What security groups newly let through; to what does not stand behind a load balancer, as a way past the login. */
export function securityGroupFindings(changes: readonly ResourceChange[], links: Links): readonly Finding[] {
  const balancers = changes.filter(({ type, mode }) => mode === 'managed' && /^aws_a?lb$/.test(type));
  const onBalancer = new Set(balancers.flatMap((balancer) => namedBy(balancer, 'security_groups', links)));
  const onOthers = new Set(
    changes
      .filter(({ type, mode }) => mode === 'managed' && !/^aws_(?:a?lb|\w*security_group\w*)$/.test(type))
      .flatMap((change) => guards.flatMap((argument) => namedBy(change, argument, links))),
  );
  const isBalancers = (name: string): boolean => onBalancer.has(name) && !onOthers.has(name);
  const existing = new Set(
    changes.flatMap(({ stack, address, before }) => (before === undefined ? [] : [`${stack}/${address}`])),
  );
  return securityGroups(changes, links).flatMap((group) =>
    (permittedBeyond(group.after, group.before) as readonly Granted[]).map((granted) =>
      findingOf(group, granted, {
        isBalancers: isBalancers(group.name),
        fromBalancer: granted.peer.kind === 'named' && isBalancers(granted.peer.name),
        // One that is in none of the plans is there already.
        isNew: group.name.includes('/') && !existing.has(group.name) && group.before.length === 0,
      }),
    ),
  );
}

interface Standing {
  readonly isBalancers: boolean;
  readonly fromBalancer: boolean;
  readonly isNew: boolean;
}

function findingOf(group: SecurityGroup, granted: Granted, standing: Standing): Finding {
  const { by, peer, direction } = granted;
  const pastTheLogin = direction === 'ingress' && !standing.isBalancers && isAnybody(peer);
  const base = {
    stack: by.stack,
    address: by.address,
    ...(by.source === undefined ? {} : { source: by.source }),
  };
  const what = `${describePermission(granted)} ${direction === 'ingress' ? 'into' : 'out of'} ${group.name}`;
  if (pastTheLogin) {
    return {
      ...base,
      section: 'access',
      severity: 'stop',
      kind: 'past-the-load-balancer',
      reading: `Newly permitted: ${what}, which is not a load balancer's: whoever gets there meets no login`,
      witness: {
        kind: 'connection',
        protocol: granted.protocol,
        ...(granted.protocol === 'all' ? {} : { port: granted.from }),
        from: peer.kind === 'addresses' ? exampleOf(peer) : describePeer(peer),
        to: group.name,
      },
    };
  }
  return {
    ...base,
    section: 'widening',
    severity: severityOf(granted, standing),
    kind: 'permits-more',
    reading: `Newly permitted: ${what}`,
  };
}

function severityOf({ direction, peer }: Granted, { isBalancers, fromBalancer, isNew }: Standing): Severity {
  if (direction === 'ingress' && isBalancers && isNew) return 'note';
  if (fromBalancer || direction === 'egress') return isNew || !isAnybody(peer) ? 'note' : 'look';
  return isNew && peer.kind === 'named' ? 'note' : 'look';
}

function isAnybody(peer: Peer): boolean {
  return peer.kind === 'unknown' || (peer.kind === 'addresses' && isPublic(peer.range));
}

/** An address of the range, of the blocks for documentation where it holds them (RFC 5737, RFC 3849). */
function exampleOf({ range }: Extract<Peer, { readonly kind: 'addresses' }>): string {
  const documentation = range.family === 4 ? 0xcb007107n : 0x20010db8n << 96n;
  const isIn = range.first <= documentation && documentation <= range.last;
  return formatIp(range.family, isIn ? documentation : range.first);
}
