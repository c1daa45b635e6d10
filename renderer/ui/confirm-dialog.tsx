import type { ReactNode } from 'react'
import { texts } from '../lib/texts/texts.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface ConfirmDialogProps {
  title: string
  children: ReactNode
  confirm: string
  isDangerous?: boolean
  isBusy?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that is not undone by a click. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  isDangerous = false,
  isBusy = false,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  return (
    <Dialog
      role="alertdialog"
      width="narrow"
      title={title}
      onClose={onClose}
      onSubmit={onConfirm}
      description={children}
      footer={
        <>
          <Button onClick={onClose} variant="ghost">
            {texts.ui.cancel}
          </Button>
          <Button type="submit" variant={isDangerous ? 'danger' : 'primary'} isBusy={isBusy} autoFocus>
            {confirm}
          </Button>
        </>
      }
    >
      {null}
    </Dialog>
  )
}
