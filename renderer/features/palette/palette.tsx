import { useSyncExternalStore } from 'react'
import { closePalette, openPalette, paletteState, subscribePalette } from '../../lib/actions/palette-state.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { PaletteDialog } from './palette-dialog.tsx'

/** The command palette: every action on offer, boards, cards and more, found by a few letters. */
export function Palette() {
  const state = useSyncExternalStore(subscribePalette, paletteState)
  return (
    <>
      <PaletteKey />
      {state && <PaletteDialog key={state.page} start={state.page} />}
    </>
  )
}

/** Apart, so that it is not drawn anew with the palette, which is told of each change of what is on offer. */
function PaletteKey() {
  useOffers({ 'palette.open': { run: () => (paletteState() ? closePalette() : openPalette()) } })
  return null
}
