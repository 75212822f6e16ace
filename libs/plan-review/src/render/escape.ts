/** Characters that are not seen, or turn others around: shown by their number instead. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

function seen(text: string): string {
  return text
    .replaceAll(/\r\n|[\r\n\t]/g, ' ')
    .replaceAll(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * A text of a plan as prose in GitHub's Markdown, where it shows as it is: no markup, no link, no mention of a person, no
 * number of an issue.
 */
export function prose(text: string): string {
  return seen(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~$]/g, '\\$&')
    .replaceAll(/(@(?=\w)|#(?=\d)|:(?=\/\/)|www(?=\.)|GH-(?=\d))/gi, '$1<!-- -->');
}

/** A text of a plan as code, also inside of a table. */
export function code(text: string): string {
  const shown = seen(text).replaceAll('|', '\\|');
  if (shown.trim() === '') return '` `';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 || /^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}
