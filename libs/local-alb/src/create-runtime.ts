import { Agent as TlsAgent } from 'node:https';
import { type SecureContext } from 'node:tls';

import { accessLogLine } from './access-log.ts';
import { type AlbKeys } from './alb-keys.ts';
import { type Counters } from './counters.ts';
import { DataTokens } from './data-tokens.ts';
import { type FaultPlayer } from './faults.ts';
import { callHttp } from './http-call.ts';
import { identityProvider } from './identity-provider.ts';
import { KeySets } from './key-sets.ts';
import { type LocalAlbOptions } from './options.ts';
import { createProviderCalls, endpointTimeoutMilliseconds } from './provider-calls.ts';
import { type Runtime } from './runtime.ts';
import { SealedBox } from './sealed-box.ts';
import { defaultSwitches, type Switches } from './switches.ts';
import { type TargetConnections } from './target.ts';
import { type Targets } from './targets.ts';
import { type RequestRecord } from './trail.ts';

/** What a running load balancer is put together from. */
export interface RuntimeParts {
  readonly keys: AlbKeys;
  readonly secureContext: SecureContext;
  readonly connections: TargetConnections;
  readonly targets: Targets;
  readonly faults: FaultPlayer;
  readonly counters: Counters;
  /** Told about each request besides those of the options. */
  readonly inspect: (record: RequestRecord) => void;
}

export function createRuntime(options: LocalAlbOptions, parts: RuntimeParts): Runtime {
  const { keys, secureContext, faults, counters } = parts;
  const { clock = Date.now, resolveUserPool, resolveClientSecret, log, accessLog } = options;
  const switches: Switches = { ...defaultSwitches, ...options.switches };
  const box = new SealedBox(keys.sessionKey);
  const { tokenEndpointAuthentication } = switches;
  const tlsAgent = new TlsAgent({ secureContext });
  const calls = faults.providerCalls(createProviderCalls({ tlsAgent, tokenEndpointAuthentication }));
  const keySets = new KeySets((url) =>
    // Of how a JWKS endpoint is reached, listener-verify-jwt.html says nothing.
    callHttp({
      url,
      method: 'GET',
      headers: {},
      tlsAgent,
      timeoutMilliseconds: endpointTimeoutMilliseconds,
      over: 'any',
    }),
  );
  const dataTokens = new DataTokens(switches.dataTokenReuseSeconds);
  const now = (): number => clock() + faults.clockSkewMilliseconds;
  return {
    connections: parts.connections,
    targets: parts.targets,
    keySets,
    faults,
    switches,
    box,
    now,
    random: Math.random,
    observe: (record) => {
      counters.count(record.entry, record.extras);
      log?.(record.event);
      accessLog?.(accessLogLine(record.entry));
      parts.inspect(record);
    },
    authentication: () => ({
      box,
      calls,
      signingKey: faults.signingKey(keys.signingKey),
      switches,
      dataTokens,
      sessionsFrom: faults.sessionsFrom,
      now: now(),
      providerOf: (action) => identityProvider(action, { resolveUserPool, resolveClientSecret }),
    }),
  };
}
