import { type Agent } from 'node:https';
import { type SecureContext } from 'node:tls';

import { type TargetGroup } from '@gatehouse/listener';
import { type Dispatcher } from 'undici';

import { checkFunction } from './function-health-check.ts';
import { checkHealth } from './health-check.ts';
import { checkHealthHttp2 } from './http2-health-check.ts';
import { RegisteredTarget, type Supervision, type TargetDescription, type TargetLease } from './registered-target.ts';
import { settingsOf, type TargetGroupSettings } from './target-group-settings.ts';

export interface TargetsOptions {
  readonly tlsAgent: Agent;
  readonly secureContext: SecureContext;
  /** By which functions are invoked. */
  readonly dispatcher: Dispatcher;
  /** Those of the configuration that holds now. */
  readonly targetGroups: () => readonly TargetGroup[];
  /** The one target of a group that has none registered. */
  readonly resolveTarget: (targetGroup: TargetGroup) => URL | undefined;
}

interface Group {
  readonly targets: RegisteredTarget[];
  turn: number;
}

const unconfigured: TargetGroup = { address: '', arn: '', name: '', port: 1, protocol: 'HTTP' };

/** The targets of a load balancer's groups. */
export class Targets {
  readonly #options: TargetsOptions;
  readonly #groups = new Map<string, Group>();

  constructor(options: TargetsOptions) {
    this.#options = options;
  }

  /** A target that is registered already is left as it is; one that drains comes anew. */
  register(targetGroupArn: string, target: URL): void {
    const group = this.#group(targetGroupArn);
    if (this.#current(group, target) !== undefined) return;
    group.targets.push(new RegisteredTarget(target, () => this.#supervision(targetGroupArn)));
  }

  /** Resolves when the target has finished its requests, or its delay is over. */
  async deregister(targetGroupArn: string, target: URL): Promise<void> {
    const group = this.#group(targetGroupArn);
    const found = this.#current(group, target);
    if (found === undefined) return;
    await found.drain(this.#settings(targetGroupArn).deregistrationDelaySeconds);
    group.targets.splice(group.targets.indexOf(found), 1);
  }

  describe(targetGroupArn: string): readonly TargetDescription[] {
    return (this.#groups.get(targetGroupArn)?.targets ?? []).map(({ description }) => description);
  }

  /** By target group. */
  get described(): Readonly<Record<string, readonly TargetDescription[]>> {
    return Object.fromEntries([...this.#groups.keys()].map((arn) => [arn, this.describe(arn)]));
  }

  /** How many are healthy and how many are not, by their names in CloudWatch. */
  get hostCounts(): Readonly<Record<'HealthyHostCount' | 'UnHealthyHostCount', number>> {
    const states = [...this.#groups.values()].flatMap(({ targets }) => targets.map((one) => one.description.state));
    return {
      HealthyHostCount: states.filter((state) => state === 'healthy').length,
      UnHealthyHostCount: states.filter((state) => state === 'unhealthy').length,
    };
  }

  /**
   * A hold on a target for one request; `undefined` when the group has none.
   *
   * @param preferred the origin that a stickiness cookie names; followed while that target may be used
   */
  lease(targetGroup: TargetGroup, preferred?: string): TargetLease | undefined {
    const group = this.#groups.get(targetGroup.arn);
    if (group === undefined || group.targets.length === 0) {
      const target = this.#options.resolveTarget(targetGroup);
      return target === undefined ? undefined : { target, onCut: nothing, release: nothing };
    }
    const usable = usableTargets(group.targets);
    const sticky = usable.find(({ url }) => url.origin === preferred);
    return (sticky ?? next(group, usable, settingsOf(targetGroup)))?.lease();
  }

  close(): void {
    for (const { targets } of this.#groups.values()) for (const target of targets) target.close();
  }

  #group(arn: string): Group {
    const known = this.#groups.get(arn);
    if (known !== undefined) return known;
    const group = { targets: [], turn: 0 };
    this.#groups.set(arn, group);
    return group;
  }

  #settings(arn: string): TargetGroupSettings {
    return settingsOf(this.#configured(arn));
  }

  #supervision(arn: string): Supervision {
    const { tlsAgent, secureContext, dispatcher } = this.#options;
    const group = this.#configured(arn);
    const { protocolVersion } = group;
    const { healthCheck: settings } = this.#settings(arn);
    if (group.lambda !== undefined) {
      if (group.healthCheck === undefined) return { settings };
      return { settings, check: (target) => checkFunction(target, { group, settings, dispatcher }) };
    }
    return {
      settings,
      check: (target) =>
        protocolVersion === undefined
          ? checkHealth(target, settings, tlsAgent)
          : checkHealthHttp2(target, { protocolVersion, settings, secureContext }),
    };
  }

  /** As the configuration that holds now says; AWS's defaults for a group that it does not have. */
  #configured(arn: string): TargetGroup {
    return this.#options.targetGroups().find((group) => group.arn === arn) ?? unconfigured;
  }

  #current(group: Group, target: URL): RegisteredTarget | undefined {
    return group.targets.find(
      ({ url, description }) => url.origin === target.origin && description.state !== 'draining',
    );
  }
}

function nothing(): void {}

/** The healthy ones; where there is none, all: target-group-health-checks.html, "fail open". */
function usableTargets(targets: readonly RegisteredTarget[]): readonly RegisteredTarget[] {
  const registered = targets.filter(({ description }) => description.state !== 'draining');
  const healthy = registered.filter(({ description }) => description.state === 'healthy');
  return healthy.length > 0 ? healthy : registered;
}

function next(
  group: Group,
  usable: readonly RegisteredTarget[],
  { algorithm }: TargetGroupSettings,
): RegisteredTarget | undefined {
  const turn = usable
    .map((_, index) => usable[(group.turn + index) % usable.length])
    .filter((one) => one !== undefined);
  group.turn++;
  // Weights at random differ from turns only by what the load balancer has seen of each target.
  if (algorithm !== 'least_outstanding_requests') return turn[0];
  return turn.toSorted((a, b) => a.description.outstanding - b.description.outstanding)[0];
}
