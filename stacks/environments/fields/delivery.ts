import { z } from 'zod';

import { field } from '../guidance.ts';
import { section } from './section.ts';

// Names as GitHub takes them, each with the immutable id that repositories made since June 2026 have in the subject of
// their tokens (docs.github.com, "Immutable subject claims").
const REPOSITORY = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:@\d+)?\/[A-Za-z0-9_.-]{1,100}(?:@\d+)?$/;

const PROVIDER = 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com';

export const delivery = field(
  section({
    repository: field(
      z
        .string()
        .regex(REPOSITORY)
        .refine((repository) => new Set(repository.split('/').map((part) => part.includes('@'))).size === 1),
      'must be the one repository on GitHub whose workflows plan and deploy, as the subject of its tokens names it: owner/name, or owner@id/name@id (its settings say which)',
      'example/gatehouse',
    ),
    providerArn: field(
      field(
        z.string().regex(/^arn:aws:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/),
        "must be the ARN of GitHub's identity provider in the account",
        PROVIDER,
      ).nullable(),
      "must be the ARN of GitHub's identity provider where the account has it already, or null: the stack then makes it",
      PROVIDER,
    ),
  }).nullable(),
  'must name the repository whose workflows plan and deploy, or be null: people deploy, and there is no delivery stack',
  { repository: 'example/gatehouse', providerArn: null },
);
