/** What GitHub takes for the body of a comment or an issue, in characters. */
export const LONGEST_BODY = 65_536;

/** By which the comment is found again. */
export const MARK = '<!-- gatehouse: review -->';
const START = /<!-- gatehouse: of ([0-9a-f]{7,64}) -->\n/;
const END = '\n<!-- gatehouse: end -->';
const SHORT = 12;

/** A review of a commit. */
export interface CommitReview {
  readonly commit: string;
  /** Markdown. */
  readonly text: string;
}

/**
 * The one comment of a pull request: the newest review open, those before it folded, newest first. The oldest goes first
 * where there is not room for all; the newest is cut last, at the end of a line, and says so.
 *
 * @param before the body of the comment as it is; undefined where there is none
 */
export function commentBody(review: CommitReview, before: string | undefined): string {
  const earlier = before === undefined ? [] : reviewsOf(before).filter(({ commit }) => commit !== review.commit);
  const newest = [MARK, block(review)].join('\n');
  if (newest.length > LONGEST_BODY) return cut(review);
  const kept: string[] = [];
  let room = LONGEST_BODY - newest.length;
  for (const each of earlier) {
    const folded = `\n\n${fold(each)}`;
    room -= folded.length;
    if (room < 0) break;
    kept.push(folded);
  }
  return newest + kept.join('');
}

/** The reviews in a comment, newest first. What somebody else wrote into it is none. */
export function reviewsOf(body: string): readonly CommitReview[] {
  const found: CommitReview[] = [];
  for (let rest = body; ;) {
    const start = START.exec(rest);
    const end = start === null ? -1 : rest.indexOf(END, start.index);
    if (start === null || end < 0) return found;
    found.push({ commit: start[1] ?? '', text: rest.slice(start.index + start[0].length, end) });
    rest = rest.slice(end + END.length);
  }
}

function block({ commit, text }: CommitReview): string {
  return `<!-- gatehouse: of ${commit} -->\n${harmless(text)}${END}`;
}

function fold(review: CommitReview): string {
  const summary = `<summary>Earlier review, of ${review.commit.slice(0, SHORT)}</summary>`;
  return `<details>${summary}\n\n${block(review)}\n\n</details>`;
}

function cut({ commit, text }: CommitReview): string {
  const note = '…\n\n**Cut here: the whole review is an artefact of this run.**';
  const room = LONGEST_BODY - [MARK, block({ commit, text: note })].join('\n').length;
  const head = harmless(text).slice(0, room - 2);
  const whole = head.slice(0, Math.max(head.lastIndexOf('\n'), 0));
  return [MARK, block({ commit, text: `${whole}\n\n${note}` })].join('\n');
}

/** A text that has no marks of ours, which would end it early. */
function harmless(text: string): string {
  return text.trim().replaceAll('<!-- gatehouse:', '<!-- gatehouse ');
}
