import { ALICE, BOB, SETTINGS } from '../world.ts';
import { type Attack, dataAttack as data, OTHER_ALB, parseText, rewritten, seconds } from './forge.ts';

/** Alice's data token, with another text of JSON in place of the one that was signed. */
export const REWRITTEN_DATA: readonly Attack[] = [
  data(
    'payload keys in another order',
    'SIGNATURE_INVALID',
    rewritten(1, (json) => JSON.stringify(Object.fromEntries(Object.entries(parseText(json)).reverse()))),
    true,
  ),
  data(
    'a second sub after the first',
    'SUBJECT_MISMATCH',
    rewritten(1, (json) => json.replace(/}$/, `,"sub":"${BOB.subject}"}`)),
  ),
  data(
    'header keys in another order',
    'SIGNATURE_INVALID',
    rewritten(0, (json) => JSON.stringify(Object.fromEntries(Object.entries(parseText(json)).reverse()))),
    true,
  ),
  data(
    'a second sub before the first',
    'SIGNATURE_INVALID',
    rewritten(1, (json) => json.replace(/^{/, `{"sub":"${BOB.subject}",`)),
    true,
  ),
  data(
    'a second exp after the first',
    'EXPIRY_MISMATCH',
    rewritten(1, (json) => json.replace(/}$/, `,"exp":${String(seconds() + 86_400)}}`)),
  ),
  data(
    'a second signer after the first',
    'SIGNER_MISMATCH',
    rewritten(0, (json) => json.replace(/}$/, `,"signer":"${OTHER_ALB}"}`)),
  ),
  data(
    'a space between the keys',
    'SIGNATURE_INVALID',
    rewritten(1, (json) => json.replace('{', '{ ')),
    true,
  ),
  data(
    'an escape in a key',
    'SIGNATURE_INVALID',
    rewritten(1, (json) => json.replace('"sub"', '"\\u0073ub"')),
    true,
  ),
  data(
    'a second alg after the first',
    'ALGORITHM_UNEXPECTED',
    rewritten(0, (json) => json.replace(/}$/, ',"alg":"none"}')),
  ),
  data(
    '__proto__ with the missing claims',
    'TOKEN_MALFORMED',
    rewritten(1, (json) => `{"__proto__":${json},"exp":${String(parseText(json)['exp'])},"iss":"${SETTINGS.issuer}"}`),
  ),
  data(
    '__proto__ with the missing header fields',
    'ALGORITHM_UNEXPECTED',
    rewritten(0, (json) => `{"__proto__":${json}}`),
  ),
  data(
    '__proto__ spelt with escapes',
    'TOKEN_MALFORMED',
    rewritten(
      1,
      (json) => `{"\\u005f_proto__":${json},"exp":${String(parseText(json)['exp'])},"iss":"${SETTINGS.issuer}"}`,
    ),
  ),
  data(
    'constructor.prototype with the missing claims',
    'TOKEN_MALFORMED',
    rewritten(
      1,
      (json) =>
        `{"constructor":{"prototype":${json}},"exp":${String(parseText(json)['exp'])},"iss":"${SETTINGS.issuer}"}`,
    ),
  ),
  data(
    'invalid UTF-8',
    'TOKEN_MALFORMED',
    rewritten(1, (json) => Buffer.concat([Buffer.from(json.slice(0, -1)), Buffer.from(',"x":"\xff"}', 'latin1')])),
  ),
  data(
    'a NUL in the JSON',
    'TOKEN_MALFORMED',
    rewritten(1, (json) => json.replace('{', '{\0')),
  ),
  data(
    'an escaped NUL in the subject',
    'SUBJECT_MISMATCH',
    rewritten(1, (json) => json.replace(ALICE.subject, `${ALICE.subject}\\u0000`)),
  ),
  data(
    'half a surrogate pair, in UTF-8',
    'TOKEN_MALFORMED',
    rewritten(1, (json) =>
      Buffer.concat([Buffer.from(json.slice(0, -1)), Buffer.from(',"x":"\xed\xa0\x80"}', 'latin1')]),
    ),
  ),
  data(
    'a byte order mark',
    'TOKEN_MALFORMED',
    rewritten(1, (json) => `\ufeff${json}`),
  ),
  data(
    'two texts of JSON',
    'TOKEN_MALFORMED',
    rewritten(1, (json) => json + json),
  ),
  data(
    'JSON of a list',
    'TOKEN_MALFORMED',
    rewritten(1, () => '[]'),
  ),
  data(
    'deep JSON',
    'TOKEN_MALFORMED',
    rewritten(1, () => `${'['.repeat(5000)}${']'.repeat(5000)}`),
  ),
  data(
    'deep JSON in a claim',
    'SIGNATURE_INVALID',
    rewritten(1, (json) => json.replace(/}$/, `,"x":${'['.repeat(5000)}${']'.repeat(5000)}}`)),
    true,
  ),
  data(
    'huge JSON',
    'TOKEN_MALFORMED',
    rewritten(1, (json) => json.replace(/}$/, `,"x":"${'x'.repeat(12_000)}"}`)),
  ),
];
