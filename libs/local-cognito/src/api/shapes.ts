import { type z } from 'zod';
import { mfaSettings } from '../accounts/software-token.ts';
import { maskedAddress } from '../mail/messages.ts';
import { cognitoUsername } from '../oauth/claims.ts';
import { type GroupSettings, type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { type Account } from '../users/account.ts';
import { type Attributes, type User } from '../users/user.ts';
import { type attributeList } from './operation.ts';

/** Times are numbers of seconds in JSON 1.1. */
export function epoch(milliseconds: number): number {
  return milliseconds / 1000;
}

/** cognito-idp API, AttributeListType: `sub` first. */
export function attributesOf({ sub, attributes }: User, wanted?: readonly string[]): readonly object[] {
  return Object.entries({ sub, ...attributes })
    .filter(([name]) => wanted?.includes(name) ?? true)
    .map(([Name, Value]) => ({ Name, Value }));
}

export function attributesFrom(list: z.infer<typeof attributeList> | undefined): Attributes {
  return Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name, Value]));
}

/** cognito-idp API, UserType. */
export function userType(user: User, { signIn }: UserPoolSettings, wanted?: readonly string[]): object {
  return {
    Username: cognitoUsername(user, signIn),
    Attributes: attributesOf(user, wanted),
    ...stateOf(user),
  };
}

/** What AdminGetUser says of the state of a user. */
export function stateOf(user: User): object {
  return {
    UserCreateDate: epoch(user.createdAt),
    UserLastModifiedDate: epoch(user.modifiedAt),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}

export function mfaOf({ totp }: Account): object {
  const [preferred] = mfaSettings(totp);
  return preferred ? { UserMFASettingList: [preferred], PreferredMfaSetting: preferred } : {};
}

/** cognito-idp API, GroupType. A group of a stack has no dates of its own: those of the pool are as good. */
export function groupType(
  { name, description, precedence, roleArn }: GroupSettings,
  settings: UserPoolSettings,
): object {
  return {
    GroupName: name,
    UserPoolId: settings.id,
    ...(description !== undefined && { Description: description }),
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    ...(precedence !== undefined && { Precedence: precedence }),
  };
}

/** cognito-idp API, CodeDeliveryDetailsType. */
export function deliveryDetails(address: string): object {
  return { Destination: maskedAddress(address), DeliveryMedium: 'EMAIL', AttributeName: 'email' };
}
