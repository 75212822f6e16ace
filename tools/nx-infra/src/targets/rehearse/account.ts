import { InfraError } from '../../errors.ts';
import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { readNeeds } from '../doctor/needs.ts';
import { Described } from './described.ts';
import { zoneNameOf } from './hosted-zone.ts';

/** The account that an environment expects. */
export interface ExpectedAccount {
  readonly account: string;
  readonly region: string;
  /** The bucket of the states. */
  readonly bucket: string;
  /** Hosted zones: names by id. */
  readonly hostedZones: Readonly<Record<string, string>>;
}

/**
 * What has to be there before an environment is deployed.
 *
 * @throws {InfraError} `OPTION_INVALID` for an environment that is not deployed
 */
export function accountOf(stacks: SynthesizedStacks, env: string): ExpectedAccount {
  const { account, region, bucket } = readNeeds(stacks);
  if (account === undefined || bucket === undefined) {
    throw new InfraError('OPTION_INVALID', `Environment ${env} is not deployed: there is nothing to rehearse.`);
  }
  return { account, region, bucket, hostedZones: zonesOf(new Described(stacks)) };
}

function zonesOf(described: Described): Readonly<Record<string, string>> {
  const names = new Map<string, string[]>();
  for (const { body } of described.all('aws_route53_record')) {
    const { zone_id: zone, name } = body;
    if (typeof zone !== 'string' || typeof name !== 'string' || name.includes('${')) continue;
    names.set(zone, [...(names.get(zone) ?? []), name]);
  }
  return Object.fromEntries([...names].map(([zone, all]) => [zone, zoneNameOf(all)]));
}
