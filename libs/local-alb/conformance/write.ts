/** Writes docs/reference/conformance.md anew. */
import { writePage } from './page.ts';

await writePage();
