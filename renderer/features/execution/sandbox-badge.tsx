import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { SandboxKind } from '#shared/execution.ts'
import { Badge } from '../../ui/badge.tsx'
import { Popover } from '../../ui/popover.tsx'
import styles from './sandbox-badge.module.css'

const NAMES: Readonly<Record<Exclude<SandboxKind, 'none'>, string>> = {
  bubblewrap: 'Bubblewrap',
  seatbelt: 'macOS Seatbelt',
}

/** Whether the system confines what agents run, and what that means. */
export function SandboxBadge({ sandbox }: { sandbox: SandboxKind }) {
  const [isOpen, setOpen] = useState(false)
  const isNone = sandbox === 'none'
  return (
    <Popover
      label={isNone ? 'No sandbox on this system' : 'Sandbox'}
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={styles.trigger}>
          <Badge tone={isNone ? 'warn' : 'mute'} icon={isNone ? <ShieldAlert /> : <ShieldCheck />}>
            {isNone ? 'No sandbox on this system' : 'Sandboxed'}
          </Badge>
        </button>
      }
    >
      <div className={styles.text}>
        {isNone ? (
          <>
            <p>
              Commands of agents run as your own user. The policy of the board still holds, files are only
              edited inside the workspace, and everything ends with the run; but a command that is allowed can
              read and write whatever you can.
            </p>
            <p>
              On Linux, install the package <code>bubblewrap</code>: it is used from the next run on. To run
              agents in a sandbox only, say so in the settings of the board.
            </p>
          </>
        ) : (
          <p>
            {NAMES[sandbox]} confines what agents run: they write in their workspace only, and the rest of the
            disk can at most be read.
          </p>
        )}
      </div>
    </Popover>
  )
}
