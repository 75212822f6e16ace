import {
  type AdminAddUserToGroupCommandInput,
  type AdminCreateUserCommandInput,
  type AdminCreateUserCommandOutput,
  type AdminDisableUserCommandInput,
  type AdminEnableUserCommandInput,
  type AdminGetUserCommandInput,
  type AdminGetUserCommandOutput,
  type AdminListGroupsForUserCommandInput,
  type AdminListGroupsForUserCommandOutput,
  type AdminRemoveUserFromGroupCommandInput,
  type AdminResetUserPasswordCommandInput,
  type AdminUserGlobalSignOutCommandInput,
  type ListGroupsCommandInput,
  type ListGroupsCommandOutput,
  type ListUsersCommandInput,
  type ListUsersCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';

/** The operations of the cognito-idp API that are used, and so what the role of the tasks has to allow. */
export interface UserPoolApi {
  readonly listUsers: (input: ListUsersCommandInput) => Promise<ListUsersCommandOutput>;
  readonly listGroups: (input: ListGroupsCommandInput) => Promise<ListGroupsCommandOutput>;
  readonly adminGetUser: (input: AdminGetUserCommandInput) => Promise<AdminGetUserCommandOutput>;
  readonly adminListGroupsForUser: (
    input: AdminListGroupsForUserCommandInput,
  ) => Promise<AdminListGroupsForUserCommandOutput>;
  readonly adminCreateUser: (input: AdminCreateUserCommandInput) => Promise<AdminCreateUserCommandOutput>;
  readonly adminEnableUser: (input: AdminEnableUserCommandInput) => Promise<unknown>;
  readonly adminDisableUser: (input: AdminDisableUserCommandInput) => Promise<unknown>;
  readonly adminResetUserPassword: (input: AdminResetUserPasswordCommandInput) => Promise<unknown>;
  readonly adminAddUserToGroup: (input: AdminAddUserToGroupCommandInput) => Promise<unknown>;
  readonly adminRemoveUserFromGroup: (input: AdminRemoveUserFromGroupCommandInput) => Promise<unknown>;
  readonly adminUserGlobalSignOut: (input: AdminUserGlobalSignOutCommandInput) => Promise<unknown>;
}
