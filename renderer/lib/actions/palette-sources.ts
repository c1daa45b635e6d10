import { useEffect, useInsertionEffect, useRef } from 'react'
import { type Choice, offersChanged } from './offers.ts'

/** More that can be found in the palette: boards, cards, search results. Either at once, or when it is answered. */
export type PaletteSource = {
  /** One of its own. */
  id: string
  heading: string
  /** Not asked for less than so many characters; 1 unless told. */
  least?: number
} & (
  | { search: (text: string) => readonly Choice[]; searchLater?: never }
  /** Given up with the signal when the text has changed. */
  | { searchLater: (text: string, signal: AbortSignal) => Promise<readonly Choice[]>; search?: never }
)

interface Entry {
  read: () => PaletteSource
}

let entries: readonly Entry[] = []

/** The sources of what is mounted now. */
export function paletteSources(): readonly PaletteSource[] {
  return entries.map((entry) => entry.read())
}

/** Adds a source to the palette while the component is mounted. */
export function usePaletteSource(source: PaletteSource): void {
  const latest = useRef(source)
  useInsertionEffect(() => {
    latest.current = source
  })
  useEffect(() => {
    const entry = { read: () => latest.current }
    entries = [...entries, entry]
    offersChanged()
    return () => {
      entries = entries.filter((one) => one !== entry)
      offersChanged()
    }
  }, [])
}
