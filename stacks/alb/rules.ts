import {
  LbListenerRule,
  type LbListenerRuleAction,
  type LbListenerRuleCondition,
} from '@cdktf/provider-aws/lib/lb-listener-rule/index.js';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { type Actions } from './actions.ts';
import { type PackedPaths, packed } from './packed-paths.ts';

/** Where the bearer and the API rules begin: far enough from one another that a path more moves no other rule. */
const PRIORITIES = { public: 1, bearer: 1001, api: 2001 } as const;

/**
 * The rules of the HTTPS listener, in this order: public paths pass; a bearer token on a machine path passes, for the
 * application to verify; a script on an API path is answered 401 where a page is sent to the login.
 */
export function listenerRules(stack: GatehouseStack, listenerArn: string, actions: Actions): void {
  const { publicPaths, machines, apiPaths } = stack.environment;
  for (const rule of packed('public', PRIORITIES.public, publicPaths)) {
    add(stack, listenerArn, rule, { action: [actions.forward(1)] });
  }
  for (const rule of packed('bearer', PRIORITIES.bearer, machines?.paths ?? [])) {
    add(stack, listenerArn, rule, {
      action: [actions.forward(1)],
      conditions: [{ httpHeader: { httpHeaderName: 'Authorization', values: ['Bearer *'] } }],
      // Read by whoever reviews the rule: it lets requests pass that nobody has verified yet.
      tags: { 'verified-by': 'application' },
    });
  }
  for (const rule of packed('api', PRIORITIES.api, apiPaths)) {
    add(stack, listenerArn, rule, { action: [actions.login('deny'), actions.forward(2)] });
  }
}

interface Rest {
  readonly action: LbListenerRuleAction[];
  readonly conditions?: readonly LbListenerRuleCondition[];
  readonly tags?: Readonly<Record<string, string>>;
}

function add(
  stack: GatehouseStack,
  listenerArn: string,
  { logicalId, priority, paths }: PackedPaths,
  { action, conditions = [], tags }: Rest,
): void {
  new LbListenerRule(stack, logicalId, {
    listenerArn,
    priority,
    condition: [{ pathPattern: { values: [...paths] } }, ...conditions],
    action,
    ...(tags ? { tags } : {}),
  });
}
