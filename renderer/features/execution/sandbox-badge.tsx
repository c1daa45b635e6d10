import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { SandboxKind } from '#shared/execution.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Popover } from '../../ui/popover.tsx'
import styles from './sandbox-badge.module.css'

const NAMES: Readonly<Record<Exclude<SandboxKind, 'none'>, string>> = {
  bubblewrap: texts.execution.bubblewrap,
  seatbelt: texts.execution.macosSeatbelt,
}

/** Whether the system confines what agents run, and what that means. */
export function SandboxBadge({ sandbox }: { sandbox: SandboxKind }) {
  const [isOpen, setOpen] = useState(false)
  const isNone = sandbox === 'none'
  return (
    <Popover
      label={isNone ? texts.execution.noSandboxOnSystem : texts.execution.sandbox}
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={styles.trigger}>
          <Badge tone={isNone ? 'warn' : 'mute'} icon={isNone ? <ShieldAlert /> : <ShieldCheck />}>
            {isNone ? texts.execution.noSandboxOnSystem : texts.execution.sandboxed}
          </Badge>
        </button>
      }
    >
      <div className={styles.text}>
        {isNone ? (
          <>
            <p>{texts.execution.commandsAgentsRun}</p>
            <p>
              {texts.execution.onLinuxInstallPackage} <code>{texts.execution.bubblewrapPackage}</code>
              {texts.execution.usedFromNextRun}
            </p>
          </>
        ) : (
          <p>{texts.execution.confinesWhatAgentsRun(NAMES[sandbox])}</p>
        )}
      </div>
    </Popover>
  )
}
