let chosen: string | undefined

/** Writes dates and numbers as in this language from now on; null, and what is no language, as the system does. */
export function setLocale(tag: string | null): void {
  chosen = tag === null ? undefined : known(tag)
}

/** For `toLocaleString` and the like: undefined is as the system writes. */
export function locale(): string | undefined {
  return chosen
}

/** A format that is made once for each language; called when it is needed, since the person may choose another one. */
export function dateFormat(options: Intl.DateTimeFormatOptions): () => Intl.DateTimeFormat {
  return perLocale((tag) => new Intl.DateTimeFormat(tag, options))
}

export function numberFormat(options: Intl.NumberFormatOptions = {}): () => Intl.NumberFormat {
  return perLocale((tag) => new Intl.NumberFormat(tag, options))
}

function perLocale<Format>(make: (tag: string | undefined) => Format): () => Format {
  let last: { tag: string | undefined; format: Format } | undefined
  return () => {
    if (!last || last.tag !== chosen) last = { tag: chosen, format: make(chosen) }
    return last.format
  }
}

function known(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}
