import { z } from 'zod';
import { type Rule } from '../model.ts';
import { type ActionContext } from './action.ts';
import { readActions } from './actions.ts';
import { readCondition } from './condition.ts';
import { refuseRepeatedConditions, refuseTooManyValues } from './condition-limits.ts';
import { blocks, integer, parse, reference, unread } from './field.ts';
import { type Problems } from './problems.ts';
import { type TerraformResource } from './terraform-json.ts';
import { readTransforms } from './transform.ts';

// Optional to the provider, which then takes the next free one: the order of the rules would not be known here.
const place = z.looseObject({ priority: integer(1, 50_000) });

/** Source: `aws_lb_listener_rule` of the AWS provider 5.100, and `transform` of 6.22. */
const body = z.strictObject({
  listener_arn: reference,
  action: blocks(z.unknown()),
  condition: blocks(z.record(z.string(), z.unknown())),
  transform: blocks(z.unknown()).optional(),
  ...unread('priority', 'arn', 'id', 'region', 'tags', 'tags_all'),
});

/** What is wrong with the rule by itself, whatever its neighbours are, is a problem; the rule may then be an unread one. */
export function readRule(resource: TerraformResource, context: ActionContext, problems: Problems): Rule {
  const { address } = resource;
  const before = problems.all.length;
  const placed = problems.attempt(() => parse(place, resource.body, resource));
  const read = problems.attempt(() => parse(body, resource.body, resource));
  const conditions = (read?.condition ?? []).flatMap(
    (written, index) => problems.attempt(() => readCondition(written, { address, field: `condition.${index}` })) ?? [],
  );
  const actions = read && problems.attempt(() => readActions(read.action, 'action', context, address));
  const transforms = read?.transform;
  const rewrites = transforms && problems.attempt(() => readTransforms(transforms, address));
  const unreadable = problems.since(before);
  problems.attempt(() => refuseRepeatedConditions(conditions, address));
  problems.attempt(() => refuseTooManyValues(conditions, address));
  const priority = placed?.priority ?? 0;
  if (unreadable.length > 0 || actions === undefined) {
    return { address, priority, conditions: [], actions: [], unread: unreadable };
  }
  return { address, priority, conditions, actions, ...(rewrites === undefined ? {} : { transforms: rewrites }) };
}
