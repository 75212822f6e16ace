import { describe, expect, it } from '@jest/globals';
import { type ResourceChange } from '../plan/model.ts';
import { changeOf, kindsOf } from '../testdata/change-of.ts';
import { switchFindings } from './switch-findings.ts';

describe('switchFindings', () => {
  it.each<[string, readonly ResourceChange[], readonly string[]]>([
    [
      'protection off',
      [changeOf('aws_lb.a', { enable_deletion_protection: true }, { enable_deletion_protection: false })],
      ['stop switched-off'],
    ],
    [
      'protection on',
      [changeOf('aws_lb.a', { enable_deletion_protection: false }, { enable_deletion_protection: true })],
      [],
    ],
    [
      'a log off',
      [changeOf('aws_lb.a', { access_logs: [{ enabled: true }] }, { access_logs: [] })],
      ['look switched-off'],
    ],
    [
      'the token of the metadata service',
      [
        changeOf(
          'aws_instance.a',
          { metadata_options: [{ http_tokens: 'required' }] },
          { metadata_options: [{ http_tokens: 'optional' }] },
        ),
      ],
      ['look switched-off'],
    ],
    [
      'what is not known yet',
      [changeOf('aws_db_instance.a', { storage_encrypted: true }, { storage_encrypted: '(known after apply)' })],
      ['look switched-off'],
    ],
    [
      'what was kept back',
      [changeOf('aws_db_instance.a', { storage_encrypted: 'hidden-1' }, { storage_encrypted: false })],
      ['stop switched-off'],
    ],
    ['a new thing without protection', [changeOf('aws_lb.a', undefined, { enable_deletion_protection: false })], []],
    [
      'a database on the internet',
      [changeOf('aws_db_instance.a', undefined, { publicly_accessible: true })],
      ['stop made-public'],
    ],
    [
      'a bucket that may be public',
      [
        changeOf(
          'aws_s3_bucket_public_access_block.a',
          {
            block_public_acls: true,
            block_public_policy: true,
            ignore_public_acls: true,
            restrict_public_buckets: true,
          },
          {
            block_public_acls: true,
            block_public_policy: false,
            ignore_public_acls: true,
            restrict_public_buckets: true,
          },
        ),
      ],
      ['stop made-public'],
    ],
    [
      'a function that anybody may call',
      [changeOf('aws_lambda_function_url.a', undefined, { authorization_type: 'NONE' })],
      ['stop made-public'],
    ],
    ['a firewall that goes', [changeOf('aws_wafv2_web_acl_association.a', {}, undefined)], ['stop switched-off']],
    [
      'a firewall in place of another',
      [
        changeOf('aws_wafv2_web_acl_association.a', {}, undefined),
        changeOf('aws_wafv2_web_acl_association.b', undefined, {}),
      ],
      ['look switched-off'],
    ],
    ['nothing', [changeOf('aws_lb.a', { name: 'a' }, { name: 'b' })], []],
  ])('%s', (_, changes, expected) => {
    expect(kindsOf(switchFindings(changes))).toEqual(expected);
  });
});
