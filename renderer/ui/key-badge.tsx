import styles from './key-badge.module.css'

/** The key of a board, as on its cards. */
export function KeyBadge({ text }: { text: string }) {
  return <span className={styles.key}>{text}</span>
}
