import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import styles from './timeline.module.css'

/** How much of a year is seen at once. */
export type Zoom = 'weeks' | 'months'

interface TimelineToolsProps {
  zoom: Zoom
  onZoom: (zoom: Zoom) => void
  onToday: () => void
  /** What was done last, for those who hear it. */
  told: string
}

/** What stands above the timeline. */
export function TimelineTools({ zoom, onZoom, onToday, told }: TimelineToolsProps) {
  return (
    <div className={styles.tools}>
      <Segmented
        label={texts.timeline.zoom}
        value={zoom}
        choices={[
          { value: 'weeks', label: texts.timeline.weeks },
          { value: 'months', label: texts.timeline.months },
        ]}
        onChange={onZoom}
      />
      <Button variant="ghost" size="small" onClick={onToday}>
        {texts.timeline.today}
      </Button>
      <span role="status" className="hidden-visually">
        {told}
      </span>
    </div>
  )
}
