import { edit, type Edit } from '../edit.ts';
import { set } from '../house.ts';
import { doorEdits } from './door.ts';

const EVERYTHING = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

/** What is planned after somebody changed things past Terraform, from which it has to be told apart. */
export const driftedEdits: readonly Edit[] = [
  // A path that drift opened as well, among all the others.
  edit('drifted-and-edited', ...(doorEdits[0]?.steps ?? [])),
  edit(
    'drifted-and-written',
    set('alb', 'aws_lb_listener_rule.public_1', 'condition.0.path_pattern.values', ['/*']),
    set('ecs', 'aws_vpc_security_group_ingress_rule.alb', 'from_port', 0),
    set('ecs', 'aws_vpc_security_group_ingress_rule.alb', 'to_port', 65_535),
    set('ecs', 'aws_iam_role_policy.execution', 'policy', EVERYTHING),
  ),
];
