import { type FunctionComponent, h } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** The media type of what {@link render} returns. */
export const html = 'text/html; charset=utf-8';

/** A whole page as text. Text and attributes are escaped by preact; no page writes markup of its own. */
export function render<Props extends object>(page: FunctionComponent<Props>, props: Props): string {
  return `<!doctype html>${renderToString(h(page, props))}`;
}
