import { History } from 'lucide-react'
import { useAriaShortcut, useShortcut } from '../lib/shortcuts/use-keymap.ts'
import { texts } from '../lib/texts/texts.ts'
import { IconButton } from '../ui/button.tsx'

/** Shows and hides the board's feed. */
export function ActivityButton({ isOpen, onPress }: { isOpen: boolean; onPress: () => void }) {
  return (
    <IconButton
      label={texts.app.activity}
      shortcut={useShortcut('board.activity')}
      aria-keyshortcuts={useAriaShortcut('board.activity')}
      aria-pressed={isOpen}
      onClick={onPress}
    >
      <History />
    </IconButton>
  )
}
