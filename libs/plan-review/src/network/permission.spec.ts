import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describePermission, type Peer, type Permission, permittedBeyond } from './permission.ts';

/** A world so small that every packet of it can be tried. */
const PORTS = 6;
const ADDRESSES = 8;

const peers: fc.Arbitrary<Peer> = fc.oneof(
  fc.tuple(fc.nat(ADDRESSES - 1), fc.nat(ADDRESSES - 1)).map(([one, other]): Peer => ({
    kind: 'addresses',
    range: { family: 4, first: BigInt(Math.min(one, other)), last: BigInt(Math.max(one, other)) },
  })),
  fc.constantFrom('a', 'b').map((name): Peer => ({ kind: 'named', name })),
);
const permission: fc.Arbitrary<Permission> = fc
  .tuple(
    fc.constantFrom('ingress', 'egress'),
    fc.constantFrom('tcp', 'udp', 'all'),
    fc.nat(PORTS - 1),
    fc.nat(PORTS - 1),
    peers,
  )
  .map(([direction, protocol, one, other, peer]) => ({
    direction,
    protocol,
    from: Math.min(one, other),
    to: Math.max(one, other),
    peer,
  }));

function lets(
  permissions: readonly Permission[],
  direction: string,
  protocol: string,
  port: number,
  who: bigint | string,
): boolean {
  return permissions.some(
    (each) =>
      each.direction === direction &&
      (each.protocol === 'all' || each.protocol === protocol) &&
      each.from <= port &&
      port <= each.to &&
      (each.peer.kind === 'addresses'
        ? typeof who === 'bigint' && each.peer.range.first <= who && who <= each.peer.range.last
        : each.peer.kind === 'named' && each.peer.name === who),
  );
}

describe('permittedBeyond', () => {
  it('is what the ones let through and the others do not, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(permission, { maxLength: 4 }), fc.array(permission, { maxLength: 4 }), (after, before) => {
        const beyond = permittedBeyond(after, before);
        const whos = [...Array.from({ length: ADDRESSES }, (_, index) => BigInt(index)), 'a', 'b'];
        for (const direction of ['ingress', 'egress']) {
          for (const protocol of ['tcp', 'udp', 'icmp']) {
            for (let port = 0; port < PORTS; port++) {
              for (const who of whos) {
                const isNew =
                  lets(after, direction, protocol, port, who) && !lets(before, direction, protocol, port, who);
                const said = lets(beyond, direction, protocol, port, who);
                // All traffic less one protocol is still called all traffic.
                const isPart =
                  beyond.some((each) => each.protocol === 'all') && lets(after, direction, protocol, port, who);
                if (said !== isNew && !(said && isPart)) throw new Error(`${direction} ${protocol} ${port} ${who}`);
              }
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes what is unknown for the same only where it is the same reference', () => {
    const of = (text: string): Permission => ({
      direction: 'ingress',
      protocol: 'tcp',
      from: 1,
      to: 1,
      peer: { kind: 'unknown', text },
    });
    expect(permittedBeyond([of('a')], [of('a')])).toEqual([]);
    expect(permittedBeyond([of('a')], [of('b')])).toHaveLength(1);
  });
});

describe('describePermission', () => {
  const base = { direction: 'ingress', protocol: 'tcp', from: 443, to: 443 } as const;
  it.each<[Permission, string]>([
    [
      { ...base, peer: { kind: 'addresses', range: { family: 4, first: 0n, last: 0xffffffffn } } },
      'tcp 443 from anyone (0.0.0.0/0)',
    ],
    [
      { ...base, to: 445, direction: 'egress', peer: { kind: 'named', name: 'alb/aws_security_group.alb' } },
      'tcp 443-445 to alb/aws_security_group.alb',
    ],
    [
      { ...base, protocol: 'all', from: 0, to: 65_535, peer: { kind: 'unknown', text: 'hidden-1' } },
      'all traffic from whatever hidden-1 will be',
    ],
    [
      { ...base, from: 0, to: 65_535, peer: { kind: 'addresses', range: { family: 4, first: 1n, last: 1022n } } },
      'tcp, any port from 0.0.0.1/32 to 0.0.3.254/32',
    ],
  ])('%#', (permission, text) => {
    expect(describePermission(permission)).toBe(text);
  });
});
