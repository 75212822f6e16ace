/** Injection token of the settings, checked (`CheckedSettings`). */
export const CLAIMS_SETTINGS = Symbol('ClaimsSettings');

/** Injection token of the verifier (`ClaimsVerifier`), for code that verifies by itself and for tests that replace it. */
export const CLAIMS_VERIFIER = Symbol('ClaimsVerifier');

/** Injection token of the world outside (`ClaimsEdges`). */
export const CLAIMS_EDGES = Symbol('ClaimsEdges');

/** Injection token of the `Fetch` that takes the place of the network, which only `ClaimsTestingModule` provides. */
export const CLAIMS_FETCH = Symbol('ClaimsFetch');
