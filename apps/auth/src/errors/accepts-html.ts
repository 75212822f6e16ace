/**
 * Whether an `Accept` header asks for a page rather than for data: `text/html` is named (a wildcard is not enough, that
 * is what curl and fetch send) and liked at least as much as JSON. Source: RFC 9110, section 12.5.1.
 */
export function acceptsHtml(accept: string | undefined): boolean {
  const html = quality(accept, 'text/html');
  return html > 0 && html >= quality(accept, 'application/json');
}

function quality(accept: string | undefined, mediaType: string): number {
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim());
    if (type !== mediaType) continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return weight === undefined ? 1 : Number(weight.slice(2)) || 0;
  }
  return 0;
}
