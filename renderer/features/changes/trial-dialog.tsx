import { CircleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { errorText, isCancelled } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import styles from './trial-dialog.module.css'
import type { useTrial } from './use-trial.ts'

interface TrialDialogProps<Preview, Result> {
  title: string
  cardTitle: string
  trial: ReturnType<typeof useTrial<Preview, Result>>
  /** What is said while it is tried. */
  trying: string
  /** Whether it can be done now. */
  isReady: (preview: Preview) => boolean
  /** The button that does it. */
  action: { label: string; icon: ReactNode }
  onClose: () => void
  /** What would happen, or what is in the way. */
  children: (preview: Preview) => ReactNode
}

/** Tries something, tells what would happen, and does it when the person says so. Leaving it gives up what is under way. */
export function TrialDialog<Preview, Result>(props: TrialDialogProps<Preview, Result>) {
  const { trial, action, onClose } = props
  const { preview, act, stop } = trial
  const isReady = preview.data !== undefined && props.isReady(preview.data) && !preview.isFetching
  const body = useKeptFocus(isReady, preview.data)
  const leave = () => (act.isPending ? stop() : onClose())
  return (
    <Dialog
      title={props.title}
      description={props.cardTitle}
      width="narrow"
      onClose={leave}
      onSubmit={() => isReady && !act.isPending && act.mutate()}
      footer={
        <>
          {!preview.isPending && !isReady && (
            <Button variant="ghost" isBusy={preview.isFetching} onClick={() => void preview.refetch()}>
              {texts.changes.checkAgain}
            </Button>
          )}
          <Button variant="ghost" onClick={leave}>
            {texts.changes.cancel}
          </Button>
          <Button
            type="submit"
            variant="primary"
            icon={action.icon}
            disabled={!isReady}
            isBusy={act.isPending}
          >
            {action.label}
          </Button>
        </>
      }
    >
      <div ref={body} tabIndex={-1} className={styles.body} aria-live="polite">
        {act.isError && !isCancelled(act.error) && (
          <Callout tone="bad" icon={<CircleAlert />}>
            {errorText(act.error)}
          </Callout>
        )}
        {preview.isPending && (
          <p className={styles.trying}>
            <Spinner /> {props.trying}
          </p>
        )}
        {preview.isError && <Callout tone="bad">{errorText(preview.error)}</Callout>}
        {preview.data !== undefined && props.children(preview.data)}
      </div>
    </Dialog>
  )
}

/** A new answer may take away what had the focus: then the button that does it has it, or what is said, for the element given. */
function useKeptFocus(isReady: boolean, answer: unknown) {
  const body = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer draws other controls.
  useEffect(() => {
    if (document.activeElement !== document.body) return
    const submit = body.current?.closest('dialog')?.querySelector<HTMLElement>('button[type=submit]')
    const next = isReady ? submit : body.current
    next?.focus()
  }, [isReady, answer])
  return body
}
