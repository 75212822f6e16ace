/** What the synthesized cognito stack says about the user pool: all that the local pool needs to know of it. */
export interface UserPoolSettings {
  /** Pool id, e.g. `us-east-1_AbCdEfGhI`. */
  readonly id: string;
  /** Prefix of the pool id, e.g. `us-east-1`. */
  readonly region: string;
  readonly name: string;
  /** Prefix or custom domain of the hosted pages; absent when the stack gives the pool none. */
  readonly domain?: string;
  readonly signIn: SignInSettings;
  readonly passwordPolicy: PasswordPolicy;
  readonly mfa: MfaSettings;
  /** Whether people may sign up by themselves (`AllowAdminCreateUserOnly` is off). */
  readonly selfSignUp: boolean;
  /** Addresses that are confirmed with a code when somebody signs up. */
  readonly autoVerified: readonly ('email' | 'phone_number')[];
  /** The pool's own attributes besides the standard ones, and what it demands of those. */
  readonly attributes: readonly AttributeSettings[];
  readonly groups: readonly GroupSettings[];
  readonly resourceServers: readonly ResourceServerSettings[];
  readonly deletionProtection: boolean;
  readonly clients: readonly AppClientSettings[];
}

/** What a person can be known by. */
export type Identifier = 'username' | 'email' | 'phone_number' | 'preferred_username';

/** By what a person may sign in, and what their username is then. */
export interface SignInSettings {
  /** What the first field of the login page takes. */
  readonly identifiers: readonly Identifier[];
  /**
   * True when the pool has `username_attributes`: Cognito then makes up the username itself, equal to the `sub`
   * (Developer guide, "Customizing sign-in attributes").
   */
  readonly usernameIsSub: boolean;
  readonly caseSensitive: boolean;
}

/** Password rules of the pool (cognito-idp API, PasswordPolicyType). */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireLowercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
  readonly requireUppercase: boolean;
  /** How long a password that an administrator sets lets its owner choose another one. */
  readonly temporaryPasswordDays: number;
}

/** Second factors (cognito-idp API, SetUserPoolMfaConfig). Text messages are not sent here. */
export interface MfaSettings {
  readonly mode: 'OFF' | 'ON' | 'OPTIONAL';
  /** Whether a code of an authenticator app is one of them. */
  readonly softwareToken: boolean;
}

/** An attribute of the pool's schema (cognito-idp API, SchemaAttributeType). */
export interface AttributeSettings {
  /** As in tokens: `custom:team`, `email`. */
  readonly name: string;
  readonly type: 'Boolean' | 'DateTime' | 'Number' | 'String';
  readonly mutable: boolean;
  readonly required: boolean;
  /** Length of a string, or value of a number. */
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A group (cognito-idp API, GroupType). */
export interface GroupSettings {
  readonly name: string;
  readonly description?: string;
  readonly precedence?: number;
  readonly roleArn?: string;
}

/** An API that tokens are for, and its scopes. */
export interface ResourceServerSettings {
  readonly identifier: string;
  readonly name: string;
  /** Without the identifier before them. */
  readonly scopes: readonly string[];
}

/** An app client: who may ask for a login, and what they get. */
export interface AppClientSettings {
  readonly id: string;
  readonly name: string;
  /** Whether the client authenticates at the token endpoint. An ALB requires it. */
  readonly hasSecret: boolean;
  /** OAuth flows that are on (`code`, `implicit`, `client_credentials`); empty when OAuth is off for the client. */
  readonly flows: readonly string[];
  readonly scopes: readonly string[];
  /** Compared exactly with `redirect_uri`. */
  readonly callbackUrls: readonly string[];
  /** Compared exactly with `logout_uri`. */
  readonly logoutUrls: readonly string[];
  /** Ways to sign in by API (`ExplicitAuthFlows`), e.g. `ALLOW_USER_PASSWORD_AUTH`. */
  readonly authFlows: readonly string[];
  /** Whether answers hide who has an account (`PreventUserExistenceErrors` is ENABLED). */
  readonly hidesUsers: boolean;
  /** Whether refresh tokens can be revoked (`EnableTokenRevocation`). */
  readonly revocationAllowed: boolean;
  /** How long a challenge waits for its answer (`AuthSessionValidity`). */
  readonly challengeSeconds: number;
  /** Whether refresh tokens can be used (`ALLOW_REFRESH_TOKEN_AUTH`). */
  readonly refreshAllowed: boolean;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
}
