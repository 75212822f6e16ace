import { type ClaimsSettings } from '@gatehouse/claims';

import { type Settings } from './settings.ts';

/** Whom the application believes. */
export function claimsSettings(settings: Settings): ClaimsSettings {
  return {
    albArn: settings.albArn,
    albPublicKeysUrl: settings.albPublicKeysUrl,
    issuer: settings.cognitoIssuer,
    clientId: settings.cognitoClientId,
    jwksUrl: settings.cognitoJwksUrl,
    bearerClientIds: settings.bearerClientIds,
  };
}
