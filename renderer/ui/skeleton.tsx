import styles from './skeleton.module.css'

/** The place of something that is being read. Sizes are CSS lengths. */
export function Skeleton({ width = '100%', height = '12px' }: { width?: string; height?: string }) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />
}
