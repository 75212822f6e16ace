/** The injection token of the {@link Drain}. */
export const DRAIN = Symbol('Drain');

/** Whether the application has been told to stop, and only serves until the load balancer has noticed. */
export class Drain {
  #begun = false;

  get begun(): boolean {
    return this.#begun;
  }

  begin(): void {
    this.#begun = true;
  }
}
