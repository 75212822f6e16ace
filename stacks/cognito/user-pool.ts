import { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { protect } from '../protect.ts';

/** The user pool: who people are, and what they prove it with. */
export function userPool(stack: GatehouseStack): CognitoUserPool {
  const { environment } = stack;
  const { tier, mfa, selfSignUp, sender, threatProtection } = environment.login;
  return new CognitoUserPool(stack, 'pool', {
    name: nameOf(environment.name, 'userPool'),
    userPoolTier: tier,
    deletionProtection: environment.deletionProtection ? 'ACTIVE' : 'INACTIVE',
    usernameAttributes: ['email'],
    usernameConfiguration: { caseSensitive: false },
    autoVerifiedAttributes: ['email'],
    // A changed address counts once its owner has confirmed it: else a slip locks somebody out, and an attacker in a
    // session could make the account his own by recovery.
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ['email'] },
    accountRecoverySetting: { recoveryMechanism: [{ name: 'verified_email', priority: 1 }] },
    adminCreateUserConfig: { allowAdminCreateUserOnly: !selfSignUp },
    mfaConfiguration: mfa,
    ...(mfa === 'OFF' ? {} : { softwareTokenMfaConfiguration: { enabled: true } }),
    // Left out without PLUS: Cognito refuses any setting of it there.
    ...(tier === 'PLUS' ? { userPoolAddOns: { advancedSecurityMode: threatProtection } } : {}),
    ...(sender
      ? {
          emailConfiguration: {
            emailSendingAccount: 'DEVELOPER',
            sourceArn: sender.identityArn,
            fromEmailAddress: sender.from,
          },
        }
      : {}),
    passwordPolicy: {
      minimumLength: 12,
      requireLowercase: true,
      requireNumbers: true,
      requireSymbols: false,
      requireUppercase: true,
      temporaryPasswordValidityDays: 7,
    },
    ...protect(environment),
  });
}
