/**
 * How well a fact about the load balancer is known. D: documented by AWS. R: reported by third parties. T: tried on
 * real tokens or libraries. U: uncertain, so that something had to be chosen.
 */
export type Mark = 'D' | 'R' | 'T' | 'U';

/** One thing that is known of, or had to be chosen for, an Application Load Balancer. */
export type Fact = { readonly id: string; readonly mark: Mark; readonly text: string } &
  /** Held by the tests that cite it. */
  (
    | { readonly kind: 'held' }
    /** Nobody knows for sure: what is done here, and why. `option` is the switch of `LocalAlbOptions.switches`. */
    | { readonly kind: 'chosen'; readonly option?: string; readonly chosen: string; readonly why: string }
  );

export function held(id: string, mark: Mark, text: string): Fact {
  return { kind: 'held', id, mark, text };
}

export function chosen(
  id: string,
  text: string,
  choice: { readonly option?: string; readonly chosen: string; readonly why: string },
): Fact {
  return { kind: 'chosen', id, mark: 'U', text, ...choice };
}
