import clsx from 'clsx'
import { memo } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import styles from './markdown.module.css'

/** A click opens the browser, once the app has checked the address. */
const SAFE_LINK = /^https:/i

const components: Components = {
  a: ({ href, children }) =>
    href && SAFE_LINK.test(href) ? (
      <a href={href} target="_blank" rel="noreferrer noopener">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // A picture would be fetched from the network, which the window never does by itself.
  img: ({ alt, src }) => <span className={styles.image}>{alt || String(src ?? 'image')}</span>,
}

const plugins = [remarkGfm]

/** Markdown of people and agents. Raw HTML in it is shown as text, never used. */
export const Markdown = memo(function Markdown({
  text,
  isSmall = false,
}: {
  text: string
  isSmall?: boolean
}) {
  return (
    <div className={clsx(styles.markdown, isSmall && styles.small)}>
      <ReactMarkdown remarkPlugins={plugins} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  )
})
