import { ListenerError } from '../errors.ts';
import { type Listener, type LoadBalancer, type Rule } from '../model.ts';
import { readTerraform } from './read-terraform.ts';

/**
 * What AWS would refuse of a Terraform document's load balancers, and what is not known here, with the address at fault;
 * of a plan, of what it leads to. Quotas that an account can have raised are checked at their defaults.
 *
 * Sources: ELBv2 API; User Guide, "Listener rules", "Rule condition types" and "Quotas".
 *
 * @throws ListenerError `NOT_TERRAFORM_JSON`, `UNSUPPORTED_FEATURE` when it cannot be read as a whole
 */
export function validate(json: unknown): readonly ListenerError[] {
  const { loadBalancers, problems } = readTerraform(json);
  return [
    ...problems,
    ...loadBalancers.flatMap(overQuota),
    ...loadBalancers.flatMap(({ listeners }) => listeners.flatMap(withoutCertificate)),
    ...loadBalancers.flatMap(notReached),
  ];
}

/** Default rules do not count towards the rules, nor default certificates towards the certificates. */
const quotas: readonly (readonly [noun: string, limit: number, count: (loadBalancer: LoadBalancer) => number])[] = [
  ['rules', 100, ({ listeners }) => sum(listeners, ({ rules }) => rules.length - 1)],
  ['listeners', 50, ({ listeners }) => listeners.length],
  ['target groups', 100, ({ targetGroups }) => targetGroups.length],
  ['certificates', 25, ({ listeners }) => sum(listeners, ({ certificates = [] }) => certificates.length - 1)],
];

function sum(listeners: readonly Listener[], count: (listener: Listener) => number): number {
  return listeners.reduce((total, listener) => total + Math.max(0, count(listener)), 0);
}

function overQuota(loadBalancer: LoadBalancer): readonly ListenerError[] {
  return quotas.flatMap(([noun, limit, count]) => {
    const found = count(loadBalancer);
    if (found <= limit) return [];
    return new ListenerError('QUOTA_EXCEEDED', loadBalancer.address, {
      what: `It has ${found} ${noun}`,
      why: `An account has ${limit} a load balancer unless AWS raised that, and the apply would end half way`,
      mend: 'Have fewer, or have the quota raised',
    });
  });
}

function withoutCertificate({ address, protocol, certificates = [] }: Listener): readonly ListenerError[] {
  if (protocol === 'HTTP' || certificates.some((certificate) => certificate.address === address)) return [];
  return [
    new ListenerError('NO_CERTIFICATE', address, {
      field: 'certificate_arn',
      what: 'It speaks HTTPS and has no default certificate',
      why: 'AWS accepts an HTTPS listener with exactly one',
      mend: 'Give it a certificate_arn',
    }),
  ];
}

/** Source: User Guide, "Target groups": HTTPS listeners alone, and no action but `forward`. */
function notReached({ listeners, targetGroups }: LoadBalancer): readonly ListenerError[] {
  const versions = new Map(targetGroups.map(({ arn, protocolVersion }) => [arn, protocolVersion]));
  return listeners.flatMap(({ rules, protocol }) =>
    rules.flatMap((rule) => {
      const version = groupsOf(rule)
        .map((arn) => versions.get(arn))
        .find((one) => one !== undefined);
      if (version === undefined || (protocol === 'HTTPS' && rule.actions.length === 1)) return [];
      return new ListenerError('TARGETS_NOT_REACHED', rule.address, {
        field: rule.priority === 'default' ? 'default_action' : 'action',
        what: `It forwards to targets that speak ${version}, ${protocol === 'HTTP' ? 'on an HTTP listener' : 'with another action before'}`,
        why: 'AWS takes such a target group on HTTPS listeners, with forward as the only action',
        mend: 'Let the targets speak HTTP/1.1, or forward to them alone, on the HTTPS listener',
      });
    }),
  );
}

function groupsOf({ actions }: Rule): readonly string[] {
  return actions.flatMap((action) => (action.type === 'forward' ? action.targetGroups.map(({ arn }) => arn) : []));
}
