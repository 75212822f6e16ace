import { describe, expect, it } from '@jest/globals';

import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { terraformJson } from '../../terraform/json.ts';
import { readNeeds } from './needs.ts';

const stacks = (...all: readonly object[]): SynthesizedStacks =>
  new Map(
    all.map((json, index) => [
      `s${index}`,
      { name: `s${index}`, dependencies: [], terraform: terraformJson.parse(json) },
    ]),
  );

describe('readNeeds', () => {
  it('reads what is literal, from whichever stack has it', () => {
    const needs = readNeeds(
      stacks(
        {
          terraform: { backend: { s3: { bucket: 'states' } } },
          provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['222222222222'] }] },
        },
        {
          resource: {
            aws_route53_record: {
              validation: { name: '${one(x)}', zone_id: 'Z1' },
              domain: { name: 'app.example.com', zone_id: 'Z1' },
            },
            aws_lb_listener: {
              http: {},
              https: { certificate_arn: 'arn:aws:acm:eu-west-1:222222222222:certificate/1' },
            },
          },
        },
      ),
    );
    expect(needs).toEqual({
      region: 'eu-west-1',
      account: '222222222222',
      bucket: 'states',
      zone: { id: 'Z1', domain: 'app.example.com' },
      certificate: 'arn:aws:acm:eu-west-1:222222222222:certificate/1',
    });
  });

  it('needs nothing of what is made or is not there', () => {
    const made = { resource: { aws_lb_listener: { https: { certificate_arn: '${aws_acm_certificate.c.arn}' } } } };
    expect(readNeeds(stacks(made))).toEqual({
      region: 'us-east-1',
      account: undefined,
      bucket: undefined,
      zone: undefined,
      certificate: undefined,
    });
  });
});
