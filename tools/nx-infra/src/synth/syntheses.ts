import { synthesize, type Synthesized, type SynthesizeOptions } from './synthesize.ts';

/**
 * What was synthesized for one command: each environment once, so that all that the command does is about the same
 * sources, whoever edits them meanwhile.
 */
export class Syntheses {
  private readonly made = new Map<string, Promise<Synthesized>>();

  constructor(private readonly make = synthesize) {}

  /** As {@link synthesize}, which is run the first time, and again where it failed. */
  async of(options: SynthesizeOptions): Promise<Synthesized> {
    const key = JSON.stringify([options.root, options.environment]);
    const making = this.made.get(key) ?? this.make(options);
    this.made.set(key, making);
    try {
      return await making;
    } catch (error) {
      this.made.delete(key);
      throw error;
    }
  }
}
