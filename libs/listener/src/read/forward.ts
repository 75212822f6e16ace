import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type ForwardAction, type TargetGroup, type WeightedTargetGroup } from '../model.ts';
import { block, blocks, flag, integer, parse, type Place, reference } from './field.ts';

/** Source: ELBv2 API, ForwardActionConfig and TargetGroupTuple. */
const body = block(
  z.strictObject({
    target_group: blocks(z.strictObject({ arn: reference, weight: integer(0, 999).default(1) })),
    stickiness: block(z.strictObject({ enabled: flag.default(false), duration: z.unknown() })).optional(),
  }),
);

/** Resolves a reference to a target group, or throws `UNKNOWN_REFERENCE`. */
export type FindTargetGroup = (value: string, place: Place) => Pick<TargetGroup, 'arn'>;

/**
 * A forward action, given by `target_group_arn`, by a `forward` block, or by both when they say the same.
 *
 * @param findTargetGroup resolves a reference, or throws `UNKNOWN_REFERENCE`
 * @throws ListenerError `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE`, `LIMIT_EXCEEDED`
 */
export function readForward(
  written: { readonly target_group_arn?: unknown; readonly forward?: unknown },
  findTargetGroup: FindTargetGroup,
  place: Place,
): ForwardAction {
  const short =
    written.target_group_arn === undefined
      ? undefined
      : [{ arn: findTargetGroup(parse(reference, written.target_group_arn, place), place).arn, weight: 1 }];
  const long = written.forward === undefined ? undefined : readBlock(written.forward, findTargetGroup, place);
  const targetGroups = long?.targetGroups ?? short;
  if (targetGroups === undefined) throw uncertain('It names no target group', place);
  if (short && (targetGroups.length > 1 || targetGroups[0]?.arn !== short[0]?.arn)) {
    throw uncertain('target_group_arn and forward name different target groups', place);
  }
  return { type: 'forward', targetGroups, ...long?.stickiness };
}

function uncertain(what: string, place: Place): ListenerError {
  return new ListenerError('INVALID_FIELD', place.address, {
    ...place,
    what,
    why: 'Where the request goes is not certain',
    mend: 'Give either target_group_arn or a forward block',
  });
}

interface Block {
  readonly targetGroups: readonly WeightedTargetGroup[];
  readonly stickiness: Pick<ForwardAction, 'stickinessSeconds'>;
}

function readBlock(written: unknown, findTargetGroup: FindTargetGroup, place: Place): Block {
  const read = parse(body, written, place);
  if (read.target_group.length > 5) {
    throw new ListenerError('LIMIT_EXCEEDED', place.address, {
      ...place,
      what: `It forwards to ${read.target_group.length} target groups`,
      why: 'AWS accepts at most 5',
      mend: 'Forward to fewer',
    });
  }
  return {
    targetGroups: read.target_group.map(({ arn, weight }) => ({ arn: findTargetGroup(arn, place).arn, weight })),
    stickiness:
      read.stickiness?.enabled === true
        ? { stickinessSeconds: parse(duration, read.stickiness.duration, inBlock(place, 'stickiness.duration')) }
        : {},
  };
}

/** Source: ELBv2 API, TargetGroupStickinessConfig: wanted where stickiness is on, and idle where it is off. */
const duration = integer(1, 604_800);

function inBlock(place: Place, name: string): Place {
  return { ...place, field: [place.field, 'forward', name].filter((part) => part !== undefined).join('.') };
}
