/** The shortest part of an encoded text that is looked for by itself. */
const SHORTEST_PART = 8;
/** Of a text with many lines, such as a key, each line is one of its forms. */
const SHORTEST_LINE = 16;

/** The ways in which a secret is written into other values: as it is, escaped, encoded, line by line. */
export function formsOf(secret: string): readonly string[] {
  const lines = secret.includes('\n') ? secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE) : [];
  return [...new Set([secret, ...lines].flatMap(encodings))];
}

function encodings(text: string): readonly string[] {
  const inJson = escaped(text);
  return [
    text,
    inJson,
    escaped(inJson),
    // As Terraform's jsonencode writes <, > and &.
    inJson.replaceAll(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`),
    ...percentEncoded(text),
    ...(text.length < SHORTEST_PART ? [] : [Buffer.from(text).toString('hex'), ...base64Parts(text)]),
  ];
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function percentEncoded(text: string): readonly string[] {
  try {
    const encoded = encodeURIComponent(text);
    return [encoded, encoded.replaceAll('%20', '+')];
  } catch {
    // Half of a surrogate pair has no such form.
    return [];
  }
}

/** What is the same of its Base64 wherever it begins inside of a longer text; in both alphabets. */
function base64Parts(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const parts = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = offset === 0 ? 0 : offset + 1;
    // The last character may share its bits with what follows.
    const last = (offset + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1;
    return encoded.slice(first, last);
  });
  return parts
    .filter((part) => part.length >= SHORTEST_PART)
    .flatMap((part) => [part, part.replaceAll('+', '-').replaceAll('/', '_')]);
}
