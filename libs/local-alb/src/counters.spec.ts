import { describe, expect, it } from '@jest/globals';

import { type AccessEntry } from './access-log.ts';
import { authMetric, type CountedExtras, Counters } from './counters.ts';

const entry: AccessEntry = {
  type: 'https',
  endedAt: 0,
  createdAt: 0,
  loadBalancer: 'arn',
  client: '192.0.2.1:1',
  status: 200,
  receivedBytes: 30,
  sentBytes: 70,
  method: 'GET',
  uri: 'https://a/',
  httpVersion: '1.1',
  priority: 1,
  actions: [],
  connectionId: 'TID_0',
};
const extras: CountedExtras = {
  rulesEvaluated: 2,
  droppedInvalidHeader: false,
  loginSucceeded: false,
  refreshed: false,
  tokenValid: false,
  targetConnectionFailed: false,
};
const counted = (change: Partial<AccessEntry>, more: Partial<CountedExtras> = {}): Readonly<Record<string, number>> => {
  const counters = new Counters();
  counters.count({ ...entry, ...change }, { ...extras, ...more });
  return counters.counts;
};

describe('the counts', () => {
  it('tell what the target answered from what the load balancer did [B9.7 D]', () => {
    expect(counted({ status: 502, targetStatus: 502 })).toMatchObject({ HTTPCode_Target_5XX_Count: 1 });
    expect(counted({ status: 502 })).toMatchObject({ HTTPCode_ELB_5XX_Count: 1, HTTPCode_ELB_502_Count: 1 });
    expect(counted({ status: 460 })).toMatchObject({ HTTPCode_ELB_4XX_Count: 1 });
    expect(counted({})).toEqual({ ProcessedBytes: 100, RequestCount: 1, RuleEvaluations: 2 });
  });

  it('have the names of CloudWatch', () => {
    expect(
      counted(
        { actions: ['redirect'], classification: { classification: 'Acceptable', reason: 'NonCompliantHeader' } },
        { droppedInvalidHeader: true, targetConnectionFailed: true },
      ),
    ).toMatchObject({
      HTTP_Redirect_Count: 1,
      DesyncMitigationMode_NonCompliant_Request_Count: 1,
      DroppedInvalidHeaderRequestCount: 1,
      TargetConnectionErrorCount: 1,
    });
    expect(counted({ actions: ['fixed-response'] })).toMatchObject({ HTTP_Fixed_Response_Count: 1 });
  });

  it.each([
    ['AuthInvalidCookie', 'ELBAuthFailure'],
    ['AuthInvalidGrantError', 'ELBAuthFailure'],
    ['AuthTokenEpRequestTimeout', 'ELBAuthError'],
    ['AuthUserinfoEpRequestFailed', 'ELBAuthError'],
    ['AuthUserinfoResponseSizeExceeded', 'ELBAuthUserClaimsSizeExceeded'],
    ['AuthInvalidAWSALBAuthNonce', 'ELBAuthFailure'],
    ['JWTSignatureValidationError', 'JWTValidationFailureCount'],
    ['JWKSRequestFailed', 'JWTValidationFailureCount'],
  ] as const)('count %s as %s [B9.3 D, B9.8 U, A5.7 R]', (reason, metric) => {
    expect(authMetric(reason)).toBe(metric);
    expect(counted({ errorReason: reason })).toMatchObject({ [metric]: 1 });
  });
});
