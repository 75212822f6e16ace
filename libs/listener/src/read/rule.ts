import { z } from 'zod';
import { type Rule } from '../model.ts';
import { type ActionContext } from './action.ts';
import { readActions } from './actions.ts';
import { readCondition } from './condition.ts';
import { refuseRepeatedConditions, refuseTooManyValues } from './condition-limits.ts';
import { blocks, integer, parse, reference, unread } from './field.ts';
import { type TerraformResource } from './terraform-json.ts';

/** Source: `aws_lb_listener_rule` of the AWS provider 5.100. */
const body = z.strictObject({
  listener_arn: reference,
  // Optional to the provider, which then takes the next free one: the order of the rules would not be known here.
  priority: integer(1, 50_000),
  action: blocks(z.unknown()),
  condition: blocks(z.record(z.string(), z.unknown())),
  ...unread('arn', 'id', 'region', 'tags', 'tags_all'),
});

/** @throws ListenerError what is wrong with the rule by itself, whatever its neighbours are */
export function readRule(resource: TerraformResource, context: ActionContext): Rule {
  const read = parse(body, resource.body, resource);
  const conditions = read.condition.map((written, index) =>
    readCondition(written, { address: resource.address, field: `condition.${index}` }),
  );
  refuseRepeatedConditions(conditions, resource.address);
  refuseTooManyValues(conditions, resource.address);
  return {
    address: resource.address,
    priority: read.priority,
    conditions,
    actions: readActions(read.action, 'action', context, resource.address),
  };
}
