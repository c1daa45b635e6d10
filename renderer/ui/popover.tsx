import { Popover as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { useIsDrawn } from '../lib/first-drawing.ts'
import styles from './popover.module.css'
import { usePortalContainer } from './portal-container.ts'

interface PopoverProps {
  label: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** The button that opens it. */
  trigger: ReactNode
  children: ReactNode
  align?: 'start' | 'end'
}

/** A small panel behind a button; Escape and a press beside it close it. */
export function Popover({ label, isOpen, onOpenChange, trigger, children, align = 'start' }: PopoverProps) {
  const container = usePortalContainer()
  if (!useIsDrawn()) return trigger
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={styles.content}
          onKeyDown={(event) => event.stopPropagation()}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
