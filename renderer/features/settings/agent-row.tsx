import { useQuery } from '@tanstack/react-query'
import { Copy, Download, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import type { CatalogueAgent } from '#shared/provider.ts'
import { copyText } from '../../lib/copy-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './agents.module.css'
import { credentialQuery } from './credential-query.ts'
import page from './settings-page.module.css'
import { useInstall } from './use-agents.ts'

interface AgentRowProps {
  agent: CatalogueAgent
  isDefault: boolean
  onChoose: () => void
  onChange: (agents: CatalogueAgent[]) => void
}

/** One agent: whether it is here, what is known of it, how to have it. */
export function AgentRow({ agent, isDefault, onChoose, onChange }: AgentRowProps) {
  const row = useRef<HTMLLIElement>(null)
  const { parts, install, remove, cancel } = useInstall(agent.id, agent.name, onChange)
  return (
    <li ref={row} tabIndex={-1} className={styles.agent} aria-label={agent.name}>
      <div className={styles.head}>
        <div className={page.rowText}>
          <div className={page.rowTitle}>
            {agent.name}
            <StateBadge agent={agent} />
            {agent.is_demo && <Badge>{texts.agentSettings.demo}</Badge>}
          </div>
          <div className={page.rowHint}>{agent.message}</div>
        </div>
        {isDefault && <Badge tone="run">{texts.agentSettings.default}</Badge>}
        {!isDefault && agent.available && (
          <Button
            size="small"
            aria-label={texts.agentSettings.makeDefaultNamed(agent.name)}
            onClick={() => {
              onChoose()
              row.current?.focus() // the button goes
            }}
          >
            {texts.agentSettings.makeDefault}
          </Button>
        )}
        {agent.can_install && parts === null && (
          <Button
            size="small"
            variant="primary"
            icon={<Download />}
            isBusy={install.isPending}
            aria-label={texts.agentSettings.installNamed(agent.name)}
            onClick={() => install.mutate()}
          >
            {texts.agentSettings.install}
          </Button>
        )}
        {agent.is_ours && (
          <Button
            size="small"
            variant="ghost"
            icon={<Trash2 />}
            isBusy={remove.isPending}
            aria-label={texts.agentSettings.removeNamed(agent.name)}
            onClick={() => remove.mutate()}
          >
            {texts.agentSettings.remove}
          </Button>
        )}
      </div>
      {parts !== null && <Installing name={agent.name} parts={parts} onCancel={cancel} />}
      {!agent.available && agent.install_command && (
        <InstallCommand command={agent.install_command} name={agent.name} />
      )}
      <AgentFacts agent={agent} />
    </li>
  )
}

function StateBadge({ agent }: { agent: CatalogueAgent }) {
  const isByKey = agent.id === 'anthropic' && agent.available
  const { data } = useQuery({ ...credentialQuery, enabled: isByKey })
  // That there is a key says nothing of whether it is taken.
  if (isByKey && data && data.proof !== 'works') {
    const tone = data.proof === 'refused' ? 'bad' : 'mute'
    return <Badge tone={tone}>{texts.agentSettings.keyProofs[data.proof]}</Badge>
  }
  if (agent.available) return <Badge tone="good">{texts.agentSettings.ready}</Badge>
  return (
    <Badge tone="warn">
      {agent.kind === 'built_in' ? texts.agentSettings.notReady : texts.agentSettings.notInstalled}
    </Badge>
  )
}

function Installing({ name, parts, onCancel }: { name: string; parts: number; onCancel: () => void }) {
  const text = texts.agentSettings.installingPackagesSoFar(name, parts)
  return (
    <div className={styles.installing}>
      <div className={styles.progress}>
        <div role="status">{text}</div>
        <progress aria-label={text} />
      </div>
      <Button size="small" onClick={onCancel}>
        {texts.agentSettings.cancel}
      </Button>
    </div>
  )
}

function InstallCommand({ command, name }: { command: string; name: string }) {
  return (
    <div className={styles.command}>
      <code>{command}</code>
      <Button
        size="small"
        variant="ghost"
        icon={<Copy />}
        aria-label={texts.agentSettings.copyCommandInstalls(name)}
        onClick={() => copyText(command, texts.agentSettings.copiedRunInTerminal)}
      >
        {texts.agentSettings.copy}
      </Button>
    </div>
  )
}

/** Where it lies, what it may be used under, and what was learnt by trying it. */
function AgentFacts({ agent }: { agent: CatalogueAgent }) {
  const facts = [
    ...(agent.found ? [texts.agentSettings.found(agent.found.path)] : []),
    ...(agent.licence ? [texts.agentSettings.licence(agent.licence)] : []),
    ...agent.notes,
  ]
  if (facts.length === 0) return null
  return (
    <details className={styles.facts}>
      <summary>{texts.agentSettings.about(agent.name)}</summary>
      <ul>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
        {agent.website && (
          <li>
            <a href={agent.website} target="_blank" rel="noreferrer">
              {agent.website.replace(/^https:\/\//, '')}
            </a>
          </li>
        )}
      </ul>
    </details>
  )
}
