import { Tooltip as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { useIsDrawn } from '../lib/first-drawing.ts'
import { Kbd } from './kbd.tsx'
import { usePortalContainer } from './portal-container.ts'
import styles from './tooltip.module.css'

interface TooltipProps {
  text: ReactNode
  shortcut?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** There is nothing to hint at, for now. */
  isOff?: boolean
  children: ReactNode
}

/** A hint on hover and focus. Its trigger must have a name of its own. */
export function Tooltip({ text, shortcut, side = 'bottom', isOff = false, children }: TooltipProps) {
  const container = usePortalContainer()
  if (!useIsDrawn()) return children
  return (
    <Primitive.Root disableHoverableContent>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      {!isOff && (
        <Primitive.Portal container={container}>
          <Primitive.Content side={side} sideOffset={5} collisionPadding={8} className={styles.content}>
            {text}
            {shortcut && <Kbd>{shortcut}</Kbd>}
          </Primitive.Content>
        </Primitive.Portal>
      )}
    </Primitive.Root>
  )
}

export const TooltipProvider = Primitive.Provider
