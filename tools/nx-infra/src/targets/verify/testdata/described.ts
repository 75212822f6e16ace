import { type SynthesizedStacks } from '../../../synth/manifest.ts';
import { terraformJson } from '../../../terraform/json.ts';

export interface Ports {
  /** Where the proxy is, which the stacks take for the load balancer. */
  readonly public: number;
  readonly http: number;
  /** Where the load balancer really is. */
  readonly inner: number;
  readonly pool: number;
}

type Json = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Of all stacks, by name. */
export function parse(json: string): Json {
  return JSON.parse(json) as Json;
}

/** The JSON of all stacks: the environment `local` on other ports, with a path for scripts and one for machines. */
export function described(stacks: Readonly<Record<string, unknown>>, ports: Ports): string {
  const rule = (priority: number, path: string, action: unknown, more: readonly unknown[] = []): unknown => ({
    listener_arn: '${aws_lb_listener.https.arn}',
    priority,
    condition: [{ path_pattern: { values: [path] } }, ...more],
    action,
  });
  const { alb } = stacks as Readonly<
    Record<'alb', { resource: Record<string, Record<string, Record<string, unknown>>> }>
  >;
  const login = alb.resource['aws_lb_listener']?.['https']?.['default_action'] as readonly [
    { readonly authenticate_cognito: object },
    object,
  ];
  const deny = [
    { ...login[0], authenticate_cognito: { ...login[0].authenticate_cognito, on_unauthenticated_request: 'deny' } },
    login[1],
  ];
  const bearer = { http_header: { http_header_name: 'Authorization', values: ['Bearer *'] } };
  const rules = {
    ...alb.resource['aws_lb_listener_rule'],
    bearer_1: rule(1001, '/machines/*', [{ ...login[1], order: 1 }], [bearer]),
    api_1: rule(2001, '/api/*', deny),
  };
  const whole = { ...stacks, alb: { ...alb, resource: { ...alb.resource, aws_lb_listener_rule: rules } } };
  return JSON.stringify(whole).replaceAll('8443', String(ports.public)).replaceAll('8080', String(ports.http));
}

/** @throws where the fault does not fit */
export function changed(json: string, change: ((json: string) => string) | undefined): string {
  if (change === undefined) return json;
  const after = change(json);
  if (after === json) throw new Error('The fault changes nothing: it no longer fits the stacks.');
  return after;
}

/** As it is served: the load balancer listens behind the proxy. */
export function served(json: string, ports: Ports): SynthesizedStacks {
  const inner = json.replace(`"port":${ports.public},`, `"port":${ports.inner},`);
  return new Map(
    Object.entries(parse(inner)).map(([name, terraform]) => [
      name,
      { name, dependencies: [], terraform: terraformJson.parse(terraform) },
    ]),
  );
}
