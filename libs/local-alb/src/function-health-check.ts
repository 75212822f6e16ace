import { type FunctionTargetGroup } from '@gatehouse/listener';
import { type Dispatcher } from 'undici';

import { readFunctionAnswer } from './function-answer.ts';
import { healthCheckEvent } from './function-event.ts';
import { invokeFunction } from './invoke-function.ts';
import { type HealthCheckSettings, matchesStatus } from './target-group-settings.ts';

export interface FunctionHealthCheck {
  readonly group: FunctionTargetGroup;
  readonly settings: HealthCheckSettings;
  readonly dispatcher: Dispatcher;
}

/** Whether a function answers an event of the load balancer's own. Source: lambda-functions.html, "Enable health checks". */
export async function checkFunction(
  target: URL,
  { group, settings, dispatcher }: FunctionHealthCheck,
): Promise<boolean> {
  const signal = AbortSignal.timeout(settings.timeoutSeconds * 1000);
  const event = healthCheckEvent(settings.path, group);
  if (event === undefined) return false;
  const invocation = await invokeFunction(target, event, { dispatcher, signal });
  if ('fault' in invocation) return false;
  const answer = readFunctionAnswer(invocation.json, group);
  return typeof answer !== 'string' && matchesStatus(settings.matcher, answer.status);
}
