import type { Usage } from '#shared/provider.ts'

/** What a step has used so far; a sum with an unknown part is unknown. */
export class Tally {
  #usage: Usage = { input: 0, output: 0, cache_read: 0, cache_write: 0 }
  #costUsd: number | null = 0

  get usage(): Usage {
    return { ...this.#usage }
  }

  get costUsd(): number | null {
    return this.#costUsd
  }

  add(usage: Usage, costUsd: number | null): void {
    this.#usage = {
      input: this.#usage.input + usage.input,
      output: this.#usage.output + usage.output,
      cache_read: this.#usage.cache_read + usage.cache_read,
      cache_write: this.#usage.cache_write + usage.cache_write,
    }
    const isNothing = usage.input + usage.output + usage.cache_read + usage.cache_write === 0
    if (isNothing) return
    this.#costUsd = this.#costUsd === null || costUsd === null ? null : this.#costUsd + costUsd
  }
}
