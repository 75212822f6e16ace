import { type AttributeType, type UserStatusType } from '@aws-sdk/client-cognito-identity-provider';

/** Somebody in the user pool, as an administrator sees them. */
export interface PoolUser {
  /** What the pool's API calls them. Where people sign in with an e-mail address, it is the subject. */
  readonly username: string;
  /** `sub`; stable, and what logs and tokens name. */
  readonly subject: string;
  readonly email?: string;
  readonly emailVerified: boolean;
  readonly name?: string;
  /** Whether they may sign in. */
  readonly enabled: boolean;
  readonly status: UserStatusType;
  readonly createdAt?: Date;
  readonly changedAt?: Date;
}

/** What the API's UserType and its answer to AdminGetUser have in common; the latter has another name for attributes. */
export interface PoolUserShape {
  readonly Username?: string | undefined;
  readonly Enabled?: boolean | undefined;
  readonly UserStatus?: UserStatusType | undefined;
  readonly UserCreateDate?: Date | undefined;
  readonly UserLastModifiedDate?: Date | undefined;
}

/** Reads a user out of an answer of the API. */
export function readPoolUser(shape: PoolUserShape, attributes: readonly AttributeType[] = []): PoolUser {
  const valueOf = new Map(attributes.map(({ Name, Value }) => [Name, Value]));
  const username = shape.Username ?? '';
  const [email, name] = [valueOf.get('email'), valueOf.get('name')];
  return {
    username,
    subject: valueOf.get('sub') ?? username,
    ...(email !== undefined && { email }),
    emailVerified: valueOf.get('email_verified') === 'true',
    ...(name !== undefined && { name }),
    enabled: shape.Enabled ?? false,
    status: shape.UserStatus ?? 'UNKNOWN',
    ...(shape.UserCreateDate !== undefined && { createdAt: shape.UserCreateDate }),
    ...(shape.UserLastModifiedDate !== undefined && { changedAt: shape.UserLastModifiedDate }),
  };
}
