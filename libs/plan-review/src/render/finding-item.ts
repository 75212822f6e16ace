import { type Finding, type Severity, type Witness } from '../model.ts';
import { code, prose } from './escape.ts';
import { type Item } from './item.ts';

const importance: Readonly<Record<Severity, number>> = { stop: 1000, look: 600, note: 200 };

/** Lines. */
const MOST_DETAILS = 30;

export function findingItem(finding: Finding): Item {
  const { severity, stack, address, reading, witness, source, waived, details = [] } = finding;
  const place = [stack, address].filter((part) => part !== '').join('/');
  const parts = [
    `- **${severity}** ${place === '' ? '' : `${code(place)}: `}${prose(reading)}.`,
    ...(witness === undefined ? [] : [witnessLine(witness)]),
    ...(source === undefined ? [] : [sourceLine(source)]),
    ...(waived === undefined ? [] : [`Waived until ${prose(waived.expires)}: ${prose(waived.reason)}.`]),
  ];
  const text = parts.filter((part) => part !== '').join(' ');
  return { importance: importance[severity], text, ...(details.length === 0 ? {} : { more: folded(details) }) };
}

/** On a click, within the line. */
function folded(details: readonly string[]): string {
  const shown = details.slice(0, MOST_DETAILS).map(prose);
  const left = details.length - shown.length;
  const rest = left > 0 ? [`and ${left} more, in the artefact of this review`] : [];
  return ` <details><summary>all of it</summary>${[...shown, ...rest].join('<br>')}</details>`;
}

function witnessLine(witness: Witness): string {
  if (witness.kind === 'connection') {
    const port = witness.port === undefined ? '' : ` ${witness.port}`;
    return `Witness: ${code(`${witness.protocol}${port} from ${witness.from}`)}.`;
  }
  // What becomes of it, the reading says.
  return `Witness: ${code(requestLine(witness))}.`;
}

/** As a person would type it; header fields and the source where they are needed. */
function requestLine({ protocol, port, request }: Extract<Witness, { readonly kind: 'request' }>): string {
  const { method, host, path, query, headers } = request;
  const usual = port === (protocol === 'HTTPS' ? 443 : 80);
  const url = `${protocol.toLowerCase()}://${host}${usual ? '' : `:${port}`}${path}${query === '' ? '' : `?${query}`}`;
  return [`${method} ${url}`, ...headers.map(([name, value]) => `${name}: ${value}`)].join(' with ');
}

function sourceLine({ file, construct }: NonNullable<Finding['source']>): string {
  const parts = [
    ...(construct === undefined ? [] : [`construct ${code(construct)}`]),
    ...(file === undefined ? [] : [`in ${code(file)}`]),
  ];
  return parts.length === 0 ? '' : `(${parts.join(' ')})`;
}
