import { describe, expect, it } from '@jest/globals';

import { type Json } from '../plan/schema.ts';
import { changeOf } from '../testdata/change-of.ts';
import { federationFindings } from './federation-findings.ts';

const readings = (address: string, before: Json | undefined, after: Json | undefined): readonly string[] =>
  federationFindings([changeOf(address, before, after)]).map(
    ({ severity, kind, reading }) => `${severity} ${kind} ${reading}`,
  );
const role = (before: unknown, after: unknown): readonly string[] =>
  readings('aws_iam_role.apply', { max_session_duration: before }, { max_session_duration: after });
const provider = (before: unknown, after: unknown): readonly string[] =>
  readings('aws_iam_openid_connect_provider.github', { client_id_list: before }, { client_id_list: after });

describe('federationFindings', () => {
  it('tells of a role that may be kept for longer', () => {
    const longer = 'look permits-more Who takes the role may keep it for 43200 s, and could for 3600 s';
    expect(role(3600, 43_200)).toEqual([longer]);
    expect(role(undefined, 43_200)).toEqual([longer]);
  });

  it('tells of one that may be kept for a time that nobody knows yet', () => {
    expect(role(3600, '(known after apply)')).toEqual([
      'look permits-more Who takes the role may keep it for (known after apply), and could for 3600 s',
    ]);
  });

  it('says nothing of one that may be kept for less time, or for as long', () => {
    expect([role(43_200, 3600), role(3600, undefined), role(undefined, undefined)]).toEqual([[], [], []]);
  });

  it('tells of audiences that are new, and not of those that go', () => {
    expect(provider(['sts.amazonaws.com'], ['elsewhere', 'sts.amazonaws.com'])).toEqual([
      'look permits-more AWS newly takes tokens for elsewhere: roles whose trust policy names no audience can be taken with them',
    ]);
    expect(provider(['sts.amazonaws.com', 'elsewhere'], ['sts.amazonaws.com'])).toEqual([]);
  });

  it('tells of audiences that nobody knows yet', () => {
    expect(provider(['sts.amazonaws.com'], '(known after apply)')).toHaveLength(1);
    expect(provider(['sts.amazonaws.com'], ['${var.audience}'])).toHaveLength(1);
  });

  it('leaves what is new and what goes to the rest of the review', () => {
    expect(readings('aws_iam_role.apply', undefined, { max_session_duration: 43_200 })).toEqual([]);
    expect(readings('aws_iam_role.apply', { max_session_duration: 43_200 }, undefined)).toEqual([]);
  });
});
