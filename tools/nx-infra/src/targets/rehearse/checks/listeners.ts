import {
  type Action,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  type Rule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';

import { describedActions, describedConditions, foundActions, foundConditions } from '../actions.ts';
import { type Applied, type Check, unless, unlessSame } from '../check.ts';
import { blocksOf, textOf } from '../described.ts';
import { clientOf, listenerOf, poolOf } from '../found.ts';

/** Whoever is not known is sent to the user pool, whatever path he asks for that no rule names. */
export const login: Check = async (applied) => {
  const { clients, described } = applied;
  const { DefaultActions = [] } = await listenerOf(clients, described, 'HTTPS');
  const door = described.all('aws_lb_listener').find(({ body }) => body['protocol'] === 'HTTPS');
  return [
    ...unless(DefaultActions[0]?.Type === 'authenticate-cognito', 'What no rule names goes on without a login.'),
    ...unless(
      DefaultActions[0]?.AuthenticateCognitoConfig?.OnUnauthenticatedRequest === 'authenticate',
      'Who is not logged in is not sent to the login.',
    ),
    ...unlessSame(
      'What the listener does',
      foundActions(DefaultActions),
      describedActions(blocksOf(door?.body ?? {}, 'default_action')),
    ),
    ...(await wrongReferences(DefaultActions, applied)),
  ];
};

/** The rules are those described: no other path, and no other header, leads past the login. */
export const rules: Check = async (applied) => {
  const { clients, described } = applied;
  const found = await rulesOf(applied);
  const wanted = described.all('aws_lb_listener_rule').map(({ body }) => ({
    priority: String(body['priority']),
    conditions: describedConditions(blocksOf(body, 'condition')),
    actions: describedActions(blocksOf(body, 'action')),
  }));
  const seen = found.map(({ Priority, Conditions = [], Actions = [] }) => ({
    priority: Priority ?? '',
    conditions: foundConditions(Conditions),
    actions: foundActions(Actions),
  }));
  const open = found.filter(({ Conditions = [] }) => Conditions.length === 0);
  const wrong = await Promise.all(found.map(({ Actions = [] }) => wrongReferences(Actions, { clients, described })));
  return [
    ...unless(open.length === 0, 'A rule asks for nothing, and decides on every request.'),
    ...unlessSame('The list of rules', byPriority(seen), byPriority(wanted)),
    ...wrong.flat(),
  ];
};

/** The unencrypted port answers nothing but where the encrypted one is. */
export const http: Check = async ({ clients, described }) => {
  const { DefaultActions = [], ListenerArn } = await listenerOf(clients, described, 'HTTP');
  const { Rules = [] } = await clients.balancers.send(new DescribeRulesCommand({ ListenerArn }));
  const plain = described.all('aws_lb_listener').find(({ body }) => body['protocol'] === 'HTTP');
  return [
    ...unless(
      DefaultActions.every(({ RedirectConfig }) => RedirectConfig?.Protocol === 'HTTPS'),
      'The unencrypted port does something else than redirect to HTTPS.',
    ),
    ...unless(
      Rules.every(({ IsDefault }) => IsDefault === true),
      'The unencrypted port has rules.',
    ),
    ...unlessSame(
      'What the unencrypted port does',
      foundActions(DefaultActions),
      describedActions(blocksOf(plain?.body ?? {}, 'default_action')),
    ),
  ];
};

async function rulesOf({ clients, described }: Pick<Applied, 'clients' | 'described'>): Promise<readonly Rule[]> {
  const { ListenerArn } = await listenerOf(clients, described, 'HTTPS');
  const { Rules = [] } = await clients.balancers.send(new DescribeRulesCommand({ ListenerArn }));
  return Rules.filter(({ IsDefault }) => IsDefault !== true);
}

/** Where actions name a pool, a client and targets, they name ours. */
async function wrongReferences(
  actions: readonly Action[],
  { clients, described }: Pick<Applied, 'clients' | 'described'>,
): Promise<readonly string[]> {
  const { id } = await poolOf(clients, described);
  const { UserPool } = await clients.pools.send(new DescribeUserPoolCommand({ UserPoolId: id }));
  const wanted = [UserPool?.Arn, await clientOf(clients, id, loadBalancerClientName(described)), domainOf(described)];
  const Names = [textOf(described.one('aws_lb_target_group'), 'name')];
  const { TargetGroups = [] } = await clients.balancers.send(new DescribeTargetGroupsCommand({ Names }));
  const targets = TargetGroups[0]?.TargetGroupArn;
  return actions.flatMap(({ Type, AuthenticateCognitoConfig: config, TargetGroupArn }) => [
    ...(config === undefined
      ? []
      : unlessSame(
          'The login of an action',
          [config.UserPoolArn, config.UserPoolClientId, config.UserPoolDomain],
          wanted,
        )),
    ...(Type === 'forward' ? unlessSame('The target of an action', TargetGroupArn, targets) : []),
  ]);
}

function loadBalancerClientName(described: Applied['described']): string {
  const client = described.all('aws_cognito_user_pool_client').find(({ body }) => 'callback_urls' in body);
  if (client === undefined) throw new RangeError('The stacks describe no app client with a callback.');
  return textOf(client, 'name');
}

function domainOf(described: Applied['described']): string {
  return textOf(described.one('aws_cognito_user_pool_domain'), 'domain');
}

function byPriority<T extends { readonly priority: string }>(all: readonly T[]): readonly T[] {
  return [...all].sort((one, other) => Number(one.priority) - Number(other.priority));
}
