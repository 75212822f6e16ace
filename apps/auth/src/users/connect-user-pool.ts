import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminResetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { type UserPoolApi } from './user-pool-api.ts';

/** A person waits: below the load balancer's idle timeout of 60 s, with a second attempt. */
const TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 8_000 } as const;

/**
 * The API of a pool, through the AWS SDK. Credentials and endpoint are the SDK's own affair: on AWS the role of the task,
 * elsewhere the variables that the SDK reads.
 *
 * To be imported when it is needed: the SDK costs memory, and hardly a process is ever asked for this.
 *
 * @param poolId begins with the region: `eu-central-1_AbCdEfGhI`
 */
export function connectUserPool(poolId: string): UserPoolApi {
  const region = poolId.slice(0, poolId.indexOf('_'));
  const client = new CognitoIdentityProviderClient({ region, maxAttempts: 2, requestHandler: TIMEOUTS });
  return {
    listUsers: (input) => client.send(new ListUsersCommand(input)),
    listGroups: (input) => client.send(new ListGroupsCommand(input)),
    adminGetUser: (input) => client.send(new AdminGetUserCommand(input)),
    adminListGroupsForUser: (input) => client.send(new AdminListGroupsForUserCommand(input)),
    adminCreateUser: (input) => client.send(new AdminCreateUserCommand(input)),
    adminEnableUser: (input) => client.send(new AdminEnableUserCommand(input)),
    adminDisableUser: (input) => client.send(new AdminDisableUserCommand(input)),
    adminResetUserPassword: (input) => client.send(new AdminResetUserPasswordCommand(input)),
    adminAddUserToGroup: (input) => client.send(new AdminAddUserToGroupCommand(input)),
    adminRemoveUserFromGroup: (input) => client.send(new AdminRemoveUserFromGroupCommand(input)),
    adminUserGlobalSignOut: (input) => client.send(new AdminUserGlobalSignOutCommand(input)),
  };
}
