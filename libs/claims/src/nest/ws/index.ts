export { ClaimsWsAdapter } from './claims-ws.adapter.ts';
export { type ClaimsWsOptions } from './ws-options.ts';
