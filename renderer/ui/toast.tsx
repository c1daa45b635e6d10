import clsx from 'clsx'
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { Toast as Primitive } from 'radix-ui'
import { useSyncExternalStore } from 'react'
import { texts } from '../lib/texts/texts.ts'
import { Button, IconButton } from './button.tsx'
import styles from './toast.module.css'

export interface ToastContent {
  tone?: 'good' | 'bad' | 'mute'
  title: string
  text?: string
  action?: { label: string; run: () => void }
  /** What it is about: a later one on the same takes its place. */
  subject?: string
}

interface Toast extends ToastContent {
  id: number
}

const SHORT_MS = 5_000
/** Time to read a sentence, or to think again about what was deleted. */
const LONG_MS = 10_000
const MOST = 3

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id))
}

/** Tells the person something at the edge of the window, for a few seconds. */
export function showToast(content: ToastContent): void {
  lastId += 1
  const others = toasts.filter((toast) => !isReplaced(toast, content))
  set([...others, { ...content, id: lastId }].slice(-MOST))
}

/** What they told about `subject` is not so any more. */
export function withdrawToasts(subject: string): void {
  if (toasts.some((toast) => toast.subject === subject))
    set(toasts.filter((toast) => toast.subject !== subject))
}

/** One thing has one toast. The same reason again is one thing that is wrong. */
function isReplaced(toast: Toast, { tone, title, text, subject }: ToastContent): boolean {
  if (subject !== undefined && toast.subject === subject) return true
  return toast.tone === 'bad' && tone === 'bad' && toast.title === title && toast.text === text
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const ICONS = { good: <CircleCheck />, bad: <CircleAlert />, mute: <Info /> }

/** Where toasts appear; once in a window. F8 goes there. */
export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <Primitive.Provider swipeDirection="right" label={texts.ui.notification}>
      {shown.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
      <Primitive.Viewport className={styles.viewport} />
    </Primitive.Provider>
  )
}

function ToastView({ toast }: { toast: Toast }) {
  const { id, tone = 'mute', title, text, action } = toast
  return (
    <Primitive.Root
      className={styles.toast}
      type={tone === 'bad' ? 'foreground' : 'background'}
      duration={action || tone === 'bad' ? LONG_MS : SHORT_MS}
      onOpenChange={(isOpen) => {
        if (!isOpen) dismiss(id)
      }}
    >
      <span className={clsx(styles.icon, styles[tone])}>{ICONS[tone]}</span>
      <div className={styles.texts}>
        <Primitive.Title className={styles.title}>{title}</Primitive.Title>
        {text && <Primitive.Description className={styles.text}>{text}</Primitive.Description>}
      </div>
      {action && (
        <Primitive.Action asChild altText={action.label}>
          <Button size="small" onClick={action.run}>
            {action.label}
          </Button>
        </Primitive.Action>
      )}
      <Primitive.Close asChild>
        <IconButton label={texts.ui.dismiss} size="small" hasTooltip={false}>
          <X />
        </IconButton>
      </Primitive.Close>
    </Primitive.Root>
  )
}
