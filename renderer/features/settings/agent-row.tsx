import { Copy, Download, Trash2 } from 'lucide-react'
import type { CatalogueAgent } from '#shared/provider.ts'
import { useAction } from '../../lib/use-action.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import styles from './agents.module.css'
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
  const { parts, install, remove, cancel } = useInstall(agent.id, agent.name, onChange)
  return (
    <li className={styles.agent} aria-label={agent.name}>
      <div className={styles.head}>
        <div className={page.rowText}>
          <div className={page.rowTitle}>
            {agent.name}
            <StateBadge agent={agent} />
            {agent.is_demo && <Badge>Demo</Badge>}
          </div>
          <div className={page.rowHint}>{agent.message}</div>
        </div>
        {isDefault && <Badge tone="run">Default</Badge>}
        {!isDefault && agent.available && (
          <Button size="small" aria-label={`Make ${agent.name} the default`} onClick={onChoose}>
            Make default
          </Button>
        )}
        {agent.can_install && parts === null && (
          <Button
            size="small"
            variant="primary"
            isBusy={install.isPending}
            aria-label={`Install ${agent.name}`}
            onClick={() => install.mutate()}
          >
            <Download /> Install
          </Button>
        )}
        {agent.is_ours && (
          <Button
            size="small"
            variant="ghost"
            isBusy={remove.isPending}
            aria-label={`Remove ${agent.name}`}
            onClick={() => remove.mutate()}
          >
            <Trash2 /> Remove
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
  if (agent.available) return <Badge tone="good">Ready</Badge>
  return <Badge tone="warn">{agent.kind === 'built_in' ? 'Not ready' : 'Not installed'}</Badge>
}

function Installing({ name, parts, onCancel }: { name: string; parts: number; onCancel: () => void }) {
  const text = `Installing ${name}${parts > 0 ? `: ${parts} packages so far` : ''}…`
  return (
    <div className={styles.installing}>
      <div className={styles.progress}>
        <div role="status">{text}</div>
        <progress aria-label={text} />
      </div>
      <Button size="small" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}

function InstallCommand({ command, name }: { command: string; name: string }) {
  const copy = useAction(() => navigator.clipboard.writeText(command), {
    onSuccess: () => showToast({ title: 'Copied. Run it in a terminal, then look again.' }),
    failed: 'The clipboard is not available',
  })
  return (
    <div className={styles.command}>
      <code>{command}</code>
      <Button
        size="small"
        variant="ghost"
        aria-label={`Copy the command that installs ${name}`}
        onClick={() => copy.mutate()}
      >
        <Copy /> Copy
      </Button>
    </div>
  )
}

/** Where it lies, what it may be used under, and what was learnt by trying it. */
function AgentFacts({ agent }: { agent: CatalogueAgent }) {
  const facts = [
    ...(agent.found ? [`Found at ${agent.found.path}`] : []),
    ...(agent.licence ? [`Licence: ${agent.licence}`] : []),
    ...agent.notes,
  ]
  if (facts.length === 0) return null
  return (
    <details className={styles.facts}>
      <summary>About {agent.name}</summary>
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
