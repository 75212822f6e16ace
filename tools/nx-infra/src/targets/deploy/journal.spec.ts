import { describe, expect, it } from '@jest/globals';

import { added, type Entry, journalOf, readEvent } from './journal.ts';

/** As Terraform 1.11 prints it. */
const line = (type: string, action: string, more: object = {}, name = 'a'): string =>
  JSON.stringify({
    '@level': 'info',
    '@message': `terraform_data.${name}: canary`,
    type,
    hook: {
      resource: { addr: `terraform_data.${name}`, resource_type: 'terraform_data', resource_name: name },
      action,
      ...more,
    },
  });

describe('readEvent', () => {
  it('reads what was made, by its id', () => {
    expect(readEvent(line('apply_complete', 'create', { id_key: 'id', id_value: 'e12a' }))).toEqual({
      entry: { address: 'terraform_data.a', type: 'terraform_data', action: 'create', state: 'completed', id: 'e12a' },
    });
  });

  it('reads what is changed by its id from the start, as it is there', () => {
    expect(readEvent(line('apply_start', 'update', { id_value: 'e12a' }))).toMatchObject({
      entry: { action: 'update', state: 'started', id: 'e12a' },
    });
    expect(readEvent(line('apply_start', 'delete', { id_value: 'e12a' }))).not.toHaveProperty('entry.id');
  });

  it('reads errors, not warnings', () => {
    const diagnostic = (severity: string): string =>
      JSON.stringify({
        type: 'diagnostic',
        diagnostic: { severity, summary: 'No', detail: 'because', address: 'a.b' },
      });
    expect(readEvent(diagnostic('error'))).toEqual({ error: 'No: because', address: 'a.b' });
    expect(readEvent(diagnostic('warning'))).toBeUndefined();
  });

  it.each(['', '{"type":"apply_com', '{"type":"change_summary"}', 'null'])('passes over %j', (text) => {
    expect(readEvent(text)).toBeUndefined();
  });
});

describe('journalOf', () => {
  it('has the last word on each address, and nothing but ids', () => {
    const output = [
      line('apply_start', 'create'),
      line('apply_complete', 'create', { id_value: 'id-a' }),
      line('apply_start', 'create', {}, 'b'),
      line('apply_start', 'update', { id_value: 'id-c' }, 'c'),
      line('apply_errored', 'update', {}, 'c'),
      line('apply_complete', 'delete', { id_value: 'id-d' }, 'd'),
      line('apply_complete', 'create', { id_value: 'new-e' }, 'e'),
      line('apply_start', 'delete', { id_value: 'old-e' }, 'e'),
      line('apply_complete', 'delete', {}, 'f'),
      line('apply_start', 'create', {}, 'f'),
      '{"type":"apply_complete","hook":{"res',
    ].join('\n');
    const journal = journalOf(output);
    expect(journal.map(({ address, action, state, id }) => [address, action, state, id])).toEqual([
      ['terraform_data.a', 'create', 'completed', 'id-a'],
      ['terraform_data.b', 'create', 'started', undefined],
      ['terraform_data.c', 'update', 'failed', undefined],
      ['terraform_data.d', 'delete', 'completed', undefined],
      ['terraform_data.e', 'create', 'completed', 'new-e'],
      ['terraform_data.f', 'create', 'started', undefined],
    ]);
    expect(JSON.stringify(journal)).not.toContain('canary');
  });
});

describe('added', () => {
  const entry = (state: Entry['state'], id?: string): Entry => ({
    address: 'terraform_data.a',
    type: 'terraform_data',
    action: 'create',
    state,
    ...(id === undefined ? {} : { id }),
  });

  it('keeps what was being made when an apply was killed, until it is made', () => {
    expect([entry('failed')].reduce(added, [entry('started')])).toEqual([entry('started')]);
    expect([entry('failed'), entry('completed', '1')].reduce(added, [entry('started')])).toEqual([
      entry('completed', '1'),
    ]);
    expect([entry('failed')].reduce(added, [entry('completed', '1')])).toEqual([entry('failed')]);
    expect([entry('failed')].reduce(added, [])).toEqual([entry('failed')]);
  });

  it('keeps as made what was imported and changed afterwards, whether or not that came to its end', () => {
    const changed = (state: Entry['state'], id?: string): Entry => ({ ...entry(state, id), action: 'update' });
    expect([changed('started', '1')].reduce(added, [entry('started')])).toEqual([entry('completed', '1')]);
    expect([changed('failed')].reduce(added, [entry('completed', '1')])).toEqual([entry('completed', '1')]);
    expect([changed('completed', '1')].reduce(added, [])).toEqual([changed('completed', '1')]);
  });
});
