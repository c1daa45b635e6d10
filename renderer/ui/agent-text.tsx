import { isDemoText, withoutDemoMark } from '../lib/demo-text.ts'
import { texts } from '../lib/texts/texts.ts'
import styles from './agent-text.module.css'
import { Badge } from './badge.tsx'
import { Markdown } from './markdown.tsx'

/** What an agent has written, as Markdown; the demo agent's words carry its badge. */
export function AgentText({ text }: { text: string }) {
  if (!isDemoText(text)) return <Markdown text={text} />
  return (
    <div className={styles.demo}>
      <Badge>{texts.ui.demoAgent}</Badge>
      <Markdown text={withoutDemoMark(text)} />
    </div>
  )
}
