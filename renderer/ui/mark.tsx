import styles from './mark.module.css'

/** The sign of the app: a ranger's star over three lanes of a board. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className={styles.mark}>
      <rect width="32" height="32" rx="8" fill="currentColor" />
      <path
        d="M16 5.6l2.65 6.35 6.86.55-5.22 4.48 1.6 6.7L16 20.08l-5.89 3.6 1.6-6.7-5.22-4.48 6.86-.55z"
        fill="#fff"
      />
      <path
        d="M9.2 26.6h3.4M14.3 26.6h3.4M19.4 26.6h3.4"
        stroke="#fff"
        strokeWidth="1.7"
        strokeLinecap="round"
        opacity=".7"
      />
    </svg>
  )
}
