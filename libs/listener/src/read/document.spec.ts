import { describe, expect, it } from '@jest/globals';
import { shop, terraformOutput } from '../testdata/documents.ts';
import { thrown } from '../testdata/thrown.ts';
import { readDocument } from './document.ts';

describe('readDocument', () => {
  it('tells the sorts of documents apart', () => {
    expect(readDocument(shop()).kind).toBe('configuration');
    expect(readDocument(terraformOutput('create.plan')).kind).toBe('plan');
    expect(readDocument(terraformOutput('shown.state')).kind).toBe('state');
    expect(readDocument(terraformOutput('stored.state')).kind).toBe('state');
  });

  it.each([
    ['nothing', undefined],
    ['a plan without its version', { planned_values: {} }],
    ['a state of another version', { version: 3, terraform_version: '0.11.0', modules: [] }],
    ['a plan whose values are a list', { format_version: '1.2', planned_values: [] }],
    ['a plan that failed', { format_version: '1.2', planned_values: {}, errored: true }],
    [
      'a state whose resources have no type',
      { format_version: '1.0', terraform_version: '1.11.0', values: { root_module: { resources: [{}] } } },
    ],
  ])('refuses %s', (_, json) => {
    expect(thrown(() => readDocument(json))).toMatchObject({ code: 'NOT_TERRAFORM_JSON', address: '' });
  });
});
