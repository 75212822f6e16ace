import { edit, type Edit } from '../edit.ts';
import { set } from '../house.ts';

/** What the provider plans in part: it looks for something that is not there. */
export const failingEdit: Edit = {
  ...edit('errored-by-the-provider', (house) => {
    house.block('alb', 'data', 'aws_vpc')['none'] = { tags: { Name: 'there-is-none' } };
    set('alb', 'aws_lb_listener_rule.public_1', 'condition.0.path_pattern.values', ['/*'])(house);
  }),
  mode: 'failing',
};
