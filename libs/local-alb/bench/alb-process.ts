/** The load balancer that is measured. */
import { type LoadBalancer } from '@gatehouse/listener';

import { ensureLocalAuthority, expectShortLivedObjects, startLocalAlb } from '../src/index.ts';
import { given, openFilesLimit, residentMegabytes, serve } from './child.ts';

interface Given {
  readonly stateFolder: string;
  readonly loadBalancer: LoadBalancer;
  readonly target: string;
  readonly provider: string;
}

expectShortLivedObjects();
const { stateFolder, loadBalancer, target, provider } = given<Given>();
const authority = await ensureLocalAuthority(`${stateFolder}/certificate`, ['localhost']);
const url = new URL(target);
const alb = await startLocalAlb({
  loadBalancer,
  stateFolder: `${stateFolder}/alb`,
  tls: authority,
  trustedCa: authority.ca,
  resolveTarget: () => url,
  resolveUserPool: () => ({
    issuer: provider,
    authorizationEndpoint: `${provider}/authorize`,
    tokenEndpoint: `${provider}/token`,
    userInfoEndpoint: `${provider}/userinfo`,
    clientSecret: 'secret',
  }),
});
serve(
  {
    port: alb.addresses[0]?.port,
    cert: authority.cert,
    key: authority.key,
    publicKeysUrl: alb.publicKeysUrl,
    caFile: `${stateFolder}/certificate/ca.pem`,
  },
  { memory: () => ({ megabytes: residentMegabytes() }), files: () => ({ limit: openFilesLimit() }) },
);
