import { type SecurityHeadersOptions } from '@nestjs/common';

import { type Settings } from '../settings/settings.ts';

/**
 * The security headers of every answer, errors included: helmet's defaults, which Nest has built in, but for these.
 */
export function securityHeaders({ cognitoHostedUrl }: Pick<Settings, 'cognitoHostedUrl'>): SecurityHeadersOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: "'none'",
        styleSrc: "'self'",
        imgSrc: "'self'",
        // The sign-out form is answered with a redirect to the pool's pages and back: Chromium holds each hop against
        // this list. Source: CSP Level 3, section 6.4.1, and its issue on redirects.
        formAction: ["'self'", cognitoHostedUrl],
        frameAncestors: "'none'",
        baseUri: "'none'",
      },
    },
    xFrameOptions: { action: 'deny' },
    // Not `no-referrer`, under which a browser sends `Origin: null` with a form, and the same-origin check fails.
    referrerPolicy: { policy: 'same-origin' },
    // What runs on names below this one is not this application's to decide.
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
  };
}
