import styles from './label-dot.module.css'

/** The colour of a label. */
export function LabelDot({ color }: { color: string }) {
  return <span aria-hidden="true" className={styles.dot} style={{ background: color }} />
}
