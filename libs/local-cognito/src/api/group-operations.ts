import { z } from 'zod';
import { type GroupSettings } from '../settings/user-pool-settings.ts';
import { type Account } from '../users/account.ts';
import { CognitoError } from './cognito-error.ts';
import {
  type ApiContext,
  operation,
  type Operation,
  poolId,
  requirePool,
  requireUser,
  text,
  userInPool,
} from './operation.ts';
import { pageOf } from './page-of.ts';
import { groupType, userType } from './shapes.ts';

const groupInPool = poolId.extend({ GroupName: text });
const userInGroup = userInPool.extend({ GroupName: text });
const paging = { Limit: z.int().min(0).max(60).optional(), NextToken: text.optional() };

/** Groups and who is in them. The groups themselves are the stack's. */
export const groupOperations: Readonly<Record<string, Operation>> = {
  AdminAddUserToGroup: operation('administrator', userInGroup, async (input, context) => {
    const { sub } = requireUser(context, input).user;
    const { name } = requireGroup(context, input.GroupName);
    await changeGroups(context, sub, (groups) => (groups.includes(name) ? groups : [...groups, name]));
    return {};
  }),

  AdminRemoveUserFromGroup: operation('administrator', userInGroup, async (input, context) => {
    const { sub } = requireUser(context, input).user;
    const { name } = requireGroup(context, input.GroupName);
    await changeGroups(context, sub, (groups) => groups.filter((group) => group !== name));
    return {};
  }),

  AdminListGroupsForUser: operation('administrator', userInPool.extend(paging), (input, context) => {
    const { user } = requireUser(context, input);
    const groups = context.pool.settings().groups.filter(({ name }) => user.groups.includes(name));
    return groupPage(context, groups, input);
  }),

  ListGroups: operation('administrator', poolId.extend(paging), (input, context) => {
    requirePool(context, input);
    return groupPage(context, context.pool.settings().groups, input);
  }),

  GetGroup: operation('administrator', groupInPool, (input, context) => {
    requirePool(context, input);
    return { Group: groupType(requireGroup(context, input.GroupName), context.pool.settings()) };
  }),

  ListUsersInGroup: operation('administrator', groupInPool.extend(paging), (input, context) => {
    requirePool(context, input);
    const { name } = requireGroup(context, input.GroupName);
    const { users, settings } = context.pool;
    const members = [...users.all()].filter(({ account }) => account.user.groups.includes(name));
    const { items, next } = pageOf(members, input.Limit, input.NextToken);
    return {
      Users: items.map(({ account }) => userType(account.user, settings())),
      ...(next !== undefined && { NextToken: next }),
    };
  }),
};

function groupPage(
  { pool }: ApiContext,
  groups: readonly GroupSettings[],
  { Limit: limit, NextToken: token }: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
): object {
  const placed = groups.map((group, position) => ({ group, position }));
  const { items, next } = pageOf(placed, limit, token);
  return {
    Groups: items.map(({ group }) => groupType(group, pool.settings())),
    ...(next !== undefined && { NextToken: next }),
  };
}

function requireGroup({ pool }: ApiContext, wanted: string): GroupSettings {
  const group = pool.settings().groups.find(({ name }) => name === wanted);
  if (!group) throw new CognitoError('ResourceNotFoundException', 'Group not found.');
  return group;
}

async function changeGroups(
  { pool }: ApiContext,
  sub: string,
  edit: (groups: readonly string[]) => readonly string[],
): Promise<void> {
  await pool.users.change(sub, (account): Account => {
    const groups = edit(account.user.groups);
    return groups === account.user.groups ? account : { ...account, user: { ...account.user, groups } };
  });
  pool.log({ level: 'info', event: 'user_changed', message: `groups of ${sub} were changed by an administrator` });
}
