import { Copy, X } from 'lucide-react'
import { copyText } from '../../lib/copy-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { prettyLine } from './filter-log.ts'
import styles from './log-section.module.css'
import type { NumberedLine } from './use-log.ts'

/** A line with all its fields. */
export function LogDetail({ line, onClose }: { line: NumberedLine; onClose: () => void }) {
  return (
    <section className={styles.detail} aria-label={texts.log.chosenLine}>
      <div className={styles.detailHead}>
        <h3>{line.event || texts.log.line}</h3>
        <Button size="small" variant="ghost" icon={<Copy />} onClick={() => copyLine(line)}>
          {texts.log.copyLine}
        </Button>
        <IconButton label={texts.log.closeLine} size="small" onClick={onClose}>
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
  copyText(line.text, texts.log.lineCopied)
}
