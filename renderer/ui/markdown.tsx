import clsx from 'clsx'
import { Component, createContext, memo, type ReactNode, useContext, useMemo } from 'react'
import ReactMarkdown, { type Components, defaultUrlTransform } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import type { Person } from '#shared/person.ts'
import { texts } from '../lib/texts/texts.ts'
import { type Element, flattenDeep, textOf } from './flatten-deep.ts'
import { isEntangled } from './is-entangled.ts'
import { markMentions } from './mark-mentions.ts'
import styles from './markdown.module.css'

/** A click opens the browser, once the app has checked the address. */
const SAFE_LINK = /^https:/i
/** Of a picture that is attached to the card: `![plan](attachment:<id>)`. */
const ATTACHED = /^attachment:([0-9a-f-]{36})$/i

interface MarkdownScope {
  onTick?: ((offset: number, isTicked: boolean) => void) | undefined
  image?: ((id: string, alt: string) => ReactNode) | undefined
}

const Scope = createContext<MarkdownScope>({})
/** The list item that a box stands in: where it begins in the text, and what it says. */
const Item = createContext<{ offset: number | undefined; text: string } | null>(null)

const components: Components = {
  a: ({ href, children }) =>
    href && SAFE_LINK.test(href) ? (
      <a href={href} target="_blank" rel="noreferrer noopener">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ alt, src }) => <Picture alt={alt ?? ''} src={typeof src === 'string' ? src : ''} />,
  li: ({ node, children, className }) => (
    <Item.Provider value={{ offset: node?.position?.start.offset, text: node ? ownText(node) : '' }}>
      <li className={className}>{children}</li>
    </Item.Provider>
  ),
  span: ({ className, children }) => (
    <span className={className === 'mention' ? styles.mention : undefined}>{children}</span>
  ),
  input: ({ checked }) => <Box isTicked={checked === true} />,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, by keyboard too
    <section className={styles.table} tabIndex={0} aria-label={texts.ui.table}>
      <table>{children}</table>
    </section>
  ),
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a long line scrolls, by keyboard too
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
}

/** One from the network would be fetched, which the window never does by itself. */
function Picture({ alt, src }: { alt: string; src: string }) {
  const { image } = useContext(Scope)
  const id = ATTACHED.exec(src)?.[1]
  if (id && image) return image(id.toLowerCase(), alt)
  return <span className={styles.image}>{alt || src || texts.ui.image}</span>
}

function Box({ isTicked }: { isTicked: boolean }) {
  const { onTick } = useContext(Scope)
  const item = useContext(Item)
  const offset = item?.offset
  return (
    <input
      type="checkbox"
      aria-label={item?.text || texts.ui.task}
      checked={isTicked}
      disabled={!onTick || offset === undefined}
      onChange={(event) => offset !== undefined && onTick?.(offset, event.target.checked)}
    />
  )
}

/** Without the items below it. */
function ownText(item: Element): string {
  const own = item.children.filter((child) => child.type !== 'element' || !/^[uo]l$/.test(child.tagName))
  return textOf({ ...item, children: own }).trim()
}

const remarkPlugins = [remarkGfm]
const NOBODY: readonly Person[] = []
const urlTransform = (url: string) => (ATTACHED.test(url) ? url : defaultUrlTransform(url))

interface MarkdownProps extends MarkdownScope {
  text: string
  isSmall?: boolean
  /** Whose `@Name` is marked. */
  people?: readonly Person[]
}

/**
 * Markdown of people and agents. Raw HTML in it is shown as text, never used. Its tasks can be ticked when somebody
 * listens; `image` draws the pictures that are attached.
 */
export const Markdown = memo(function Markdown({
  text,
  isSmall = false,
  people = NOBODY,
  onTick,
  image,
}: MarkdownProps) {
  const rehypePlugins = useMemo(() => [flattenDeep, markMentions(people)], [people])
  const scope = useMemo(() => ({ onTick, image }), [onTick, image])
  const isPlain = useMemo(() => isEntangled(text), [text])
  return (
    <div className={clsx(styles.markdown, isSmall && styles.small)}>
      <PlainOnError text={text} isPlain={isPlain}>
        <Scope.Provider value={scope}>
          <ReactMarkdown
            remarkPlugins={remarkPlugins}
            rehypePlugins={rehypePlugins}
            components={components}
            urlTransform={urlTransform}
          >
            {text}
          </ReactMarkdown>
        </Scope.Provider>
      </PlainOnError>
    </div>
  )
})

interface PlainOnErrorProps {
  text: string
  isPlain: boolean
  children: ReactNode
}

/** A text that is made to break what reads it is shown as it was written. */
class PlainOnError extends Component<PlainOnErrorProps, { isBroken: boolean; text: string }> {
  override state = { isBroken: false, text: this.props.text }

  static getDerivedStateFromError(): { isBroken: true } {
    return { isBroken: true }
  }

  static getDerivedStateFromProps(props: PlainOnErrorProps, state: { text: string }) {
    return props.text === state.text ? null : { isBroken: false, text: props.text }
  }

  override render(): ReactNode {
    const { text, isPlain, children } = this.props
    return isPlain || this.state.isBroken ? <p className={styles.plain}>{text}</p> : children
  }
}
