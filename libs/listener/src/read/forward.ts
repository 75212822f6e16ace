import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type ForwardAction, type TargetGroup, type WeightedTargetGroup } from '../model.ts';
import { block, blocks, flag, integer, parse, type Place, reference, unread } from './field.ts';

/** Source: ELBv2 API, ForwardActionConfig and TargetGroupTuple. */
const body = block(
  z.strictObject({
    target_group: blocks(z.strictObject({ arn: reference, weight: integer(0, 999).default(1) })),
    stickiness: block(z.strictObject({ enabled: flag.default(false), ...unread('duration') })).optional(),
  }),
);

/**
 * A forward action, given by `target_group_arn`, by a `forward` block, or by both when they say the same.
 *
 * @param findTargetGroup resolves a reference, or throws `UNKNOWN_REFERENCE`
 * @throws ListenerError `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE`, `UNSUPPORTED_FEATURE`, `LIMIT_EXCEEDED`
 */
export function readForward(
  written: { readonly target_group_arn?: unknown; readonly forward?: unknown },
  findTargetGroup: (value: string, place: Place) => TargetGroup,
  place: Place,
): ForwardAction {
  const short =
    written.target_group_arn === undefined
      ? undefined
      : [{ arn: findTargetGroup(parse(reference, written.target_group_arn, place), place).arn, weight: 1 }];
  const long = written.forward === undefined ? undefined : readBlock(written.forward, findTargetGroup, place);
  const targetGroups = long ?? short;
  if (targetGroups === undefined) throw uncertain('It names no target group', place);
  if (short && (targetGroups.length > 1 || targetGroups[0]?.arn !== short[0]?.arn)) {
    throw uncertain('target_group_arn and forward name different target groups', place);
  }
  return { type: 'forward', targetGroups };
}

function uncertain(what: string, place: Place): ListenerError {
  return new ListenerError('INVALID_FIELD', place.address, {
    ...place,
    what,
    why: 'Where the request goes is not certain',
    mend: 'Give either target_group_arn or a forward block',
  });
}

function readBlock(
  written: unknown,
  findTargetGroup: (value: string, place: Place) => TargetGroup,
  place: Place,
): readonly WeightedTargetGroup[] {
  const read = parse(body, written, place);
  if (read.stickiness?.enabled === true) {
    throw new ListenerError('UNSUPPORTED_FEATURE', place.address, {
      ...place,
      what: 'Stickiness between target groups is on',
      why: 'A cookie then decides where a request goes, which is not read yet',
      mend: 'Switch it off',
    });
  }
  if (read.target_group.length > 5) {
    throw new ListenerError('LIMIT_EXCEEDED', place.address, {
      ...place,
      what: `It forwards to ${read.target_group.length} target groups`,
      why: 'AWS accepts at most 5',
      mend: 'Forward to fewer',
    });
  }
  return read.target_group.map(({ arn, weight }) => ({ arn: findTargetGroup(arn, place).arn, weight }));
}
