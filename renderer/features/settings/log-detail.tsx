import { Copy, X } from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import { prettyLine } from './filter-log.ts'
import styles from './log-section.module.css'
import type { NumberedLine } from './use-log.ts'

/** A line with all its fields. */
export function LogDetail({ line, onClose }: { line: NumberedLine; onClose: () => void }) {
  return (
    <section className={styles.detail} aria-label="Chosen line">
      <div className={styles.detailHead}>
        <h3>{line.event || 'Line'}</h3>
        <Button size="small" variant="ghost" icon={<Copy />} onClick={() => copyLine(line)}>
          Copy line
        </Button>
        <IconButton label="Close the line" size="small" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <pre className={styles.fields} tabIndex={0}>
        {prettyLine(line.text)}
      </pre>
    </section>
  )
}

/** Puts the line, as it stands in the file, on the clipboard. */
export function copyLine(line: NumberedLine): void {
  navigator.clipboard.writeText(line.text).then(
    () => showToast({ title: 'The line was copied' }),
    () => showToast({ tone: 'bad', title: 'The line was not copied' }),
  )
}
