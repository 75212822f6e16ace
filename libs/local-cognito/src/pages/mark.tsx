/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { type JSX } from 'preact';

/** Two towers and an arch, on a grid of 32. */
export const gatehouse = 'M4 6h6v4h3V6h6v4h3V6h6v22h-7v-9a5 5 0 0 0-10 0v9H4z';

/** The portcullis, lowered: nobody is through yet. */
export const portcullis = 'M13.5 16.5V28M16 15.5V28M18.5 16.5V28M11 20.5h10M11 24.5h10';

/** The mark, as decoration: the name that it stands for is always written beside it. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" width="36" height="36" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path fill="currentColor" d={gatehouse} />
      <path class="portcullis" fill="none" stroke-width="1.25" d={portcullis} />
    </svg>
  );
}
