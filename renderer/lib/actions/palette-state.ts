import type { ActionId } from './catalogue.ts'

/** Whether the palette is open, where it begins, and what had the focus before it. */
export interface PaletteState {
  /** The page of an action that asks for a choice; null is the whole palette. */
  page: ActionId | null
  origin: Element | null
}

let state: PaletteState | null = null
const listeners = new Set<() => void>()

export function paletteState(): PaletteState | null {
  return state
}

export function openPalette(page: ActionId | null = null): void {
  state = { page, origin: state ? state.origin : document.activeElement }
  tell()
}

export function closePalette(): void {
  state = null
  tell()
}

export function subscribePalette(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What the person works on: what has the focus, or had it before they opened the palette. */
export function actingElement(): Element | null {
  return state ? state.origin : document.activeElement
}

function tell(): void {
  for (const listener of listeners) listener()
}
