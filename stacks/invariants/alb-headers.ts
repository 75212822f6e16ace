import { type Invariant, ofTypes } from './invariant.ts';
import { LOAD_BALANCERS } from './types.ts';

/** No load balancer lets through a header name that other software reads as another, or a request that it reads as two. */
export const albHeaders: Invariant = (system) =>
  ofTypes(system, LOAD_BALANCERS)
    .filter(
      ({ body }) =>
        body['drop_invalid_header_fields'] !== true ||
        // Left out, AWS takes "defensive".
        !['defensive', 'strictest', undefined].includes(body['desync_mitigation_mode'] as string | undefined),
    )
    .map(({ address }) => ({
      code: 'HEADERS_KEPT',
      address,
      what: 'the load balancer passes on header names with an underscore, or requests that can be read in two ways',
      why: 'x_amzn_oidc_data is x-amzn-oidc-data to some software, so that a client writes an identity header of its own',
      mend: 'set drop_invalid_header_fields to true and desync_mitigation_mode to "defensive" or "strictest"',
    }));
