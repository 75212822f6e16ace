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
  /** Names of the pool's groups. */
  readonly groups: readonly string[];
  readonly clients: readonly AppClientSettings[];
}

/** By what a person may sign in, and what their username is then. */
export interface SignInSettings {
  /** What the first field of the login page takes. */
  readonly identifiers: readonly ('username' | 'email')[];
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
  /** Whether refresh tokens can be used (`ALLOW_REFRESH_TOKEN_AUTH`). */
  readonly refreshAllowed: boolean;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
}
