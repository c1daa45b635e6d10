/** More changes than this are written into a copy of the whole. */
const MOST_CHANGES = 256

/**
 * A map that is never changed: `with` gives another one, and does not copy thousands of entries for the sake of one.
 */
export class PatchMap<K, V> implements ReadonlyMap<K, V> {
  readonly #base: ReadonlyMap<K, V>
  /** Over the base; undefined takes an entry away. */
  readonly #changes: ReadonlyMap<K, V | undefined>
  readonly size: number

  private constructor(base: ReadonlyMap<K, V>, changes: ReadonlyMap<K, V | undefined>, size: number) {
    this.#base = base
    this.#changes = changes
    this.size = size
  }

  static of<K, V>(entries: Iterable<readonly [K, V]> = []): PatchMap<K, V> {
    const base = new Map(entries)
    return new PatchMap(base, new Map(), base.size)
  }

  /** The map after these changes, of which undefined takes an entry away; the same one when there are none. */
  with(changes: Iterable<readonly [K, V | undefined]>): PatchMap<K, V> {
    const all = new Map(this.#changes)
    let { size } = this
    let count = 0
    for (const [key, value] of changes) {
      const had = all.has(key) ? all.get(key) !== undefined : this.#base.has(key)
      size += Number(value !== undefined) - Number(had)
      all.set(key, value)
      count += 1
    }
    if (count === 0) return this
    const next = new PatchMap(this.#base, all, size)
    return all.size > MOST_CHANGES ? PatchMap.of(next) : next
  }

  get(key: K): V | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#base.get(key)
  }

  has(key: K): boolean {
    return this.get(key) !== undefined
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.#base) {
      const now = this.#changes.has(key) ? this.#changes.get(key) : value
      if (now !== undefined) yield [key, now]
    }
    for (const [key, value] of this.#changes) {
      if (value !== undefined && !this.#base.has(key)) yield [key, value]
    }
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value
  }

  forEach(look: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) look(value, key, this)
  }
}
