import type { ComponentProps } from 'react'
import { Button } from './button.tsx'
import { Tooltip } from './tooltip.tsx'

interface ReasonedButtonProps extends Omit<ComponentProps<typeof Button>, 'isIdle'> {
  /** Why there is nothing for it to do now, and what to do first. */
  reason: string | null
}

/** A button that says on hover and focus why it cannot be used, as long as it cannot. */
export function ReasonedButton({ reason, ...rest }: ReasonedButtonProps) {
  return (
    <Tooltip text={reason} isOff={reason === null}>
      <Button {...rest} isIdle={reason !== null} />
    </Tooltip>
  )
}
