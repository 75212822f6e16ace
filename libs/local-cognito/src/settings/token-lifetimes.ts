/** Units of the provider's `token_validity_units` block, in seconds. */
export const secondsPerUnit = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

export type TokenValidityUnit = keyof typeof secondsPerUnit;

interface LifetimeRule {
  readonly defaultUnit: TokenValidityUnit;
  readonly defaultSeconds: number;
  readonly minimumSeconds: number;
  readonly maximumSeconds: number;
}

/** Defaults and limits (cognito-idp API, CreateUserPoolClient: AccessTokenValidity, IdTokenValidity, RefreshTokenValidity). */
export const lifetimeRules = {
  access: { defaultUnit: 'hours', defaultSeconds: 3600, minimumSeconds: 300, maximumSeconds: 86_400 },
  id: { defaultUnit: 'hours', defaultSeconds: 3600, minimumSeconds: 300, maximumSeconds: 86_400 },
  refresh: { defaultUnit: 'days', defaultSeconds: 2_592_000, minimumSeconds: 3600, maximumSeconds: 315_360_000 },
} as const satisfies Record<string, LifetimeRule>;

/**
 * The lifetime of a token in seconds.
 *
 * @param validity the number in the stack; absent or 0 means Cognito's default
 * @returns `undefined` when Cognito would refuse the value
 */
export function tokenLifetime(
  kind: keyof typeof lifetimeRules,
  validity: number | undefined,
  unit: TokenValidityUnit | undefined,
): number | undefined {
  const rule = lifetimeRules[kind];
  if (validity === undefined || validity === 0) return rule.defaultSeconds;
  const seconds = validity * secondsPerUnit[unit ?? rule.defaultUnit];
  return seconds >= rule.minimumSeconds && seconds <= rule.maximumSeconds ? seconds : undefined;
}
