import { useQuery } from '@tanstack/react-query'
import { Bot, CircleAlert, CircleCheck, FlaskConical, FolderOpen, KeyRound } from 'lucide-react'
import type { BoardId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Mark } from '../../ui/mark.tsx'
import { GitNotice } from './git-notice.tsx'
import { useGit } from './use-git.ts'
import { useSample } from './use-sample.ts'
import styles from './welcome-page.module.css'

interface WelcomePageProps {
  onOpenFolder: () => void
  onOpened: (id: BoardId) => void
}

const STEPS = [
  { title: texts.projects.writeCard, text: texts.projects.sayWhatShouldDifferent },
  {
    title: texts.projects.dragInProgress,
    text: texts.projects.architectPlansDeveloperWrites,
  },
  {
    title: texts.projects.readChanges,
    text: texts.projects.mergeThemOrThrow,
  },
] as const

/** Where a person begins. */
export function WelcomePage({ onOpenFolder, onOpened }: WelcomePageProps) {
  const sample = useSample(onOpened)
  const git = useGit()
  return (
    <main className={styles.page}>
      <div className={styles.content}>
        <Mark size={44} />
        <h1 className={styles.title}>{texts.projects.boardWhoseCardsDone}</h1>
        <p className={styles.lead}>{texts.projects.openProject}</p>
        <GitNotice git={git} />
        <div className={styles.ways}>
          <div className={styles.way}>
            <FolderOpen className={styles.icon} />
            <h2>{texts.projects.yourOwnProject}</h2>
            <p>{texts.projects.folderOrGitRepository}</p>
            <Button size="large" variant="primary" onClick={onOpenFolder}>
              {texts.projects.openFolderEntry}
            </Button>
            <ProviderState />
          </div>
          <div className={styles.way}>
            <FlaskConical className={styles.icon} />
            <h2>{texts.projects.seeWorkFirst}</h2>
            <p>{texts.projects.smallLibraryWithFailing}</p>
            {sample.isOpening ? (
              <span className={styles.busy}>
                <Button size="large" isBusy>
                  {texts.projects.makingSample}
                </Button>
                <Button size="large" variant="ghost" onClick={sample.cancel}>
                  {texts.projects.cancel}
                </Button>
              </span>
            ) : (
              <Button size="large" onClick={sample.open}>
                {texts.projects.trySample}
              </Button>
            )}
            <SampleState isGitMissing={git?.state === 'missing'} />
          </div>
        </div>
        <ol className={styles.steps} aria-label={texts.projects.whatHappensNext}>
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

/** Whether the sample could be made right now. */
function SampleState({ isGitMissing }: { isGitMissing: boolean }) {
  return (
    <p className={styles.state}>
      {isGitMissing ? <CircleAlert className={styles.missing} /> : <CircleCheck className={styles.ok} />}
      {isGitMissing ? texts.projects.needsGitNoKey : texts.projects.needsNoKey}
    </p>
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
        <Bot className={styles.ok} /> {texts.projects.ready(ready.name)}
      </p>
    )
  }
  return (
    <p className={styles.state}>
      <KeyRound className={styles.missing} />
      <span>
        {texts.projects.agentsNeedKey}{' '}
        <a href={routeHash({ page: 'settings', section: 'api-key' })}>{texts.projects.addOneInSettings}</a>
      </span>
    </p>
  )
}
