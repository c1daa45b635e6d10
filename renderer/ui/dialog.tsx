import clsx from 'clsx'
import { X } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { texts } from '../lib/texts/texts.ts'
import { IconButton } from './button.tsx'
import styles from './dialog.module.css'
import overlay from './overlay.module.css'
import { PortalContainer } from './portal-container.ts'
import { useModal } from './use-modal.ts'

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
  description?: ReactNode
  footer?: ReactNode
  width?: 'narrow' | 'medium' | 'wide'
  role?: 'dialog' | 'alertdialog'
  /** The whole panel is a form with this submit. */
  onSubmit?: (() => void) | undefined
}

/**
 * A modal dialog, open for as long as it is mounted; Escape and a press beside it close it.
 */
export function Dialog({ title, onClose, children, role = 'dialog', ...parts }: DialogProps) {
  const [element, setElement] = useState<HTMLDialogElement | null>(null)
  const titleId = useId()
  const descriptionId = useId()
  useModal(element)
  return (
    <dialog
      ref={setElement}
      role={role}
      aria-labelledby={titleId}
      aria-describedby={parts.description ? descriptionId : undefined}
      className={clsx(overlay.overlay, styles.dialog)}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        // The second press of a double click on the button that opened it lands beside it.
        if (event.target === event.currentTarget && event.detail < 2) onClose()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <PortalContainer value={element}>
        <Panel title={title} titleId={titleId} descriptionId={descriptionId} onClose={onClose} {...parts}>
          {children}
        </Panel>
      </PortalContainer>
    </dialog>
  )
}

interface PanelProps extends Omit<DialogProps, 'role'> {
  titleId: string
  descriptionId: string
}

function Panel({ title, titleId, descriptionId, onClose, width = 'medium', ...parts }: PanelProps) {
  const content = (
    <>
      <header className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        <IconButton label={texts.ui.close} hasTooltip={false} onClick={onClose} className={styles.close}>
          <X />
        </IconButton>
      </header>
      <div className={styles.body}>
        {parts.description && (
          <div id={descriptionId} className={styles.description}>
            {parts.description}
          </div>
        )}
        {parts.children}
      </div>
      {parts.footer && <footer className={styles.footer}>{parts.footer}</footer>}
    </>
  )
  const className = clsx(overlay.panel, styles.panel, styles[width])
  const { onSubmit } = parts
  if (!onSubmit) return <div className={className}>{content}</div>
  return (
    <form
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {content}
    </form>
  )
}
