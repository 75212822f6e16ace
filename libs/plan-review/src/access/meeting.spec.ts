import { type Listener, type Rule } from '@gatehouse/listener';
import { describe, expect, it } from '@jest/globals';
import { isOpen, meetingOf } from './meeting.ts';

const request = {
  method: 'GET',
  host: 'a.example.com',
  path: '/',
  query: '',
  headers: [],
  sourceIp: '192.0.2.1',
} as const;
const rule = (more: Partial<Rule> = {}): Rule => ({
  address: 'rule',
  priority: 'default',
  conditions: [],
  actions: [{ type: 'forward', targetGroups: [{ arn: 'arn:t', weight: 1 }] }],
  ...more,
});
const listener = (one: Rule): Listener => ({
  address: 'listener',
  arn: 'arn:l',
  port: 80,
  protocol: 'HTTP',
  rules: [one],
});

describe('meetingOf', () => {
  it('is what the listener does', () => {
    const meeting = meetingOf(listener(rule()), request);
    expect(meeting?.rule).toBe('rule');
    expect(meeting && isOpen(meeting.answer)).toBe(true);
  });

  it('is nothing where nothing listens', () => {
    const meeting = meetingOf(undefined, request);
    expect(meeting).toMatchObject({ rule: '', answer: { outcome: { kind: 'no-listener' } } });
    expect(meeting && isOpen(meeting.answer)).toBe(false);
  });

  it('is not said of a rule that was not read', () => {
    expect(meetingOf(listener(rule({ unread: ['a condition'] })), request)).toBeUndefined();
  });
});
