import { useQuery } from '@tanstack/react-query'
import { Bot, CircleCheck, FlaskConical, FolderOpen, KeyRound } from 'lucide-react'
import type { BoardId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useSample } from './use-sample.ts'
import styles from './welcome-page.module.css'

interface WelcomePageProps {
  onOpenFolder: () => void
  onOpened: (id: BoardId) => void
}

const STEPS = [
  { title: 'Write a card', text: 'Say what should be different when it is done.' },
  {
    title: 'Drag it to “In progress”',
    text: 'An architect plans, a developer writes, a reviewer judges, in a git worktree of their own.',
  },
  {
    title: 'Read the changes',
    text: 'Merge them, or throw them away. Your files are untouched until you merge.',
  },
] as const

/** Where a person begins. */
export function WelcomePage({ onOpenFolder, onOpened }: WelcomePageProps) {
  const sample = useSample(onOpened)
  return (
    <main className={styles.page}>
      <div className={styles.content}>
        <Mark size={44} />
        <h1 className={styles.title}>A board whose cards are done by agents</h1>
        <p className={styles.lead}>
          Open a project from your disk, write down what you want, and watch agents plan, write and review it.
        </p>
        <div className={styles.ways}>
          <div className={styles.way}>
            <FolderOpen className={styles.icon} />
            <h2>Your own project</h2>
            <p>A folder or git repository on this computer. Opening it changes nothing in it.</p>
            <Button size="large" variant="primary" onClick={onOpenFolder}>
              Open a folder…
            </Button>
            <ProviderState />
          </div>
          <div className={styles.way}>
            <FlaskConical className={styles.icon} />
            <h2>See it work first</h2>
            <p>A small library with a failing test, and a demo agent that mends it. It works offline.</p>
            {sample.isOpening ? (
              <span className={styles.busy}>
                <Button size="large" isBusy>
                  Making the sample…
                </Button>
                <Button size="large" variant="ghost" onClick={sample.cancel}>
                  Cancel
                </Button>
              </span>
            ) : (
              <Button size="large" onClick={sample.open}>
                Try the sample
              </Button>
            )}
            <p className={styles.state}>
              <CircleCheck className={styles.ok} /> Needs no key
            </p>
          </div>
        </div>
        <ol className={styles.steps} aria-label="What happens next">
          {STEPS.map((step, index) => (
            <li key={step.title}>
              <span className={styles.number}>{index + 1}</span>
              <h3>{step.title}</h3>
              <p>{step.text}</p>
            </li>
          ))}
        </ol>
      </div>
    </main>
  )
}

/** Whether agents could work on a project of one's own right now. */
function ProviderState() {
  const providers = useQuery({ queryKey: keys.providers, queryFn: () => api.settings.providers.query() })
  const real = providers.data?.filter((provider) => !provider.is_demo) ?? []
  const ready = real.find((provider) => provider.available)
  if (providers.isPending) return <p className={styles.state}>&nbsp;</p>
  if (ready) {
    return (
      <p className={styles.state}>
        <Bot className={styles.ok} /> {ready.name} is ready
      </p>
    )
  }
  return (
    <p className={styles.state}>
      <KeyRound className={styles.missing} />
      <span>
        Agents need a key: <a href="#/settings">add one in the settings</a>
      </span>
    </p>
  )
}
