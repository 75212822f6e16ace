import { type LoadBalancer } from '../model.ts';
import { readTerraform } from './read-terraform.ts';

/**
 * The Application Load Balancers of a Terraform document, each with its listeners, their rules in the order of
 * evaluation, and the target groups they forward to: of synthesized configuration (`cdk.tf.json`), of what a plan leads
 * to, or of a state.
 *
 * A listener finds its load balancer, a rule its listener and an action its target group by reference
 * (`${aws_lb.alb.arn}`, or `.id`) or by the literal under the key `arn` of the other's body.
 *
 * What is not known, or what AWS would refuse, is never passed over: the whole document is refused. {@link readTerraform}
 * reads on, and reports.
 *
 * @throws ListenerError with the code, the Terraform address at fault, and how to mend it
 */
export function readLoadBalancers(json: unknown): readonly LoadBalancer[] {
  const { loadBalancers, problems } = readTerraform(json);
  if (problems[0] !== undefined) throw problems[0];
  return loadBalancers;
}
