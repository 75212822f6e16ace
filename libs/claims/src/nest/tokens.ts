/** Injection token of the settings, checked (`CheckedSettings`). */
export const CLAIMS_SETTINGS = Symbol('ClaimsSettings');

/** Injection token of the verifier (`ClaimsVerifier`), for code that verifies by itself and for tests that replace it. */
export const CLAIMS_VERIFIER = Symbol('ClaimsVerifier');
