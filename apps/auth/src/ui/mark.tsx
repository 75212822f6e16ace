import { type JSX } from 'preact';

/** Two towers and an arch, on a grid of 32: the outline that the favicon draws too. */
export const gatehouse = 'M4 6h6v4h3V6h6v4h3V6h6v22h-7v-9a5 5 0 0 0-10 0v9H4z';

/** The portcullis in the arch: raised for who may pass, lowered for who may not. */
export const portcullis = {
  raised: 'M13.5 16.5v2M16 15.5v3.5M18.5 16.5v2',
  lowered: 'M13.5 16.5V28M16 15.5V28M18.5 16.5V28M11 20.5h10M11 24.5h10',
} as const;

export interface MarkProps {
  readonly gate: keyof typeof portcullis;
  readonly size: number;
}

/** The mark, as decoration: the name that it stands for is always written beside it. */
export function Mark({ gate, size }: MarkProps): JSX.Element {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path fill="currentColor" d={gatehouse} />
      <path class="portcullis" fill="none" stroke-width="1.25" d={portcullis[gate]} />
    </svg>
  );
}
