export { LocalLogin, type LocalUser } from './local-login.ts';
export { type AccessTokenOptions, LocalPool } from './local-pool.ts';
export { type DataTokenOptions, LocalSigner } from './local-signer.ts';
