/** What the targets of `nx run infra:*` take: Markdown on the standard output. Needs Terraform and moto_server. */
import { measurePlan } from './plan.ts';
import { renderPlans } from './table.ts';

console.log(renderPlans(await measurePlan(3)));
