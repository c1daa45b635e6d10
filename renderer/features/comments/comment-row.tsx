import clsx from 'clsx'
import { Link, MoreHorizontal, Pencil, Trash2 } from 'lucide-react'
import { memo, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Comment } from '#shared/comment.ts'
import { formatAgo, formatMoment } from '../../lib/format.ts'
import { useTextDraft, writeTextDraft } from '../../lib/text-draft.ts'
import { texts } from '../../lib/texts/texts.ts'
import { usePeople } from '../../lib/use-people.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Menu } from '../../ui/menu.tsx'
import { CommentEditor } from './comment-editor.tsx'
import styles from './comments.module.css'

interface CommentRowProps {
  comment: Comment
  now: number
  isOwn: boolean
  /** The address leads to it. */
  isTarget: boolean
  image: ((id: string, alt: string) => ReactNode) | undefined
  onEdit: (comment: Comment, body: string) => Promise<boolean>
  onDelete: (comment: Comment) => void
  onCopyLink: (comment: Comment) => void
}

/** What somebody said, and when. */
export const CommentRow = memo(function CommentRow({
  comment,
  now,
  isOwn,
  isTarget,
  ...rest
}: CommentRowProps) {
  const element = useRef<HTMLLIElement>(null)
  const slot = `comment:${comment.id}`
  const draft = useTextDraft(slot)
  const people = usePeople()
  useEffect(() => {
    if (isTarget) element.current?.scrollIntoView({ block: 'center' })
  }, [isTarget])
  return (
    <li
      ref={element}
      className={clsx(styles.comment, isTarget && styles.target)}
      aria-current={isTarget || undefined}
    >
      <Avatar kind={comment.author_type} id={comment.author_id} name={comment.author_name} />
      <div className={styles.content}>
        <div className={styles.head}>
          <bdi className={styles.author}>{comment.author_name}</bdi>
          <time
            className={styles.time}
            dateTime={comment.created_at.toISOString()}
            title={formatMoment(comment.created_at)}
          >
            {formatAgo(comment.created_at, now)}
          </time>
          {comment.edited_at && (
            <span className={styles.time} title={formatMoment(comment.edited_at)}>
              {texts.comments.edited}
            </span>
          )}
          <span className={styles.spacer} />
          <Menu
            align="end"
            entries={[
              { label: texts.comments.copyLink, icon: <Link />, onSelect: () => rest.onCopyLink(comment) },
              ...(isOwn
                ? [
                    {
                      label: texts.comments.edit,
                      icon: <Pencil />,
                      onSelect: () => writeTextDraft(slot, comment.body),
                    },
                    { kind: 'separator' as const },
                    {
                      label: texts.comments.delete,
                      icon: <Trash2 />,
                      isDangerous: true,
                      onSelect: () => rest.onDelete(comment),
                    },
                  ]
                : []),
            ]}
          >
            <IconButton
              label={texts.comments.optionsComment(comment.author_name)}
              size="small"
              hasTooltip={false}
              className={styles.options}
            >
              <MoreHorizontal />
            </IconButton>
          </Menu>
        </div>
        {isOwn && draft !== null ? (
          <Editing comment={comment} draft={draft} slot={slot} onEdit={rest.onEdit} />
        ) : (
          <Markdown text={comment.body} people={people} {...(rest.image && { image: rest.image })} />
        )}
      </div>
    </li>
  )
})

interface EditingProps {
  comment: Comment
  draft: string
  slot: string
  onEdit: CommentRowProps['onEdit']
}

function Editing({ comment, draft, slot, onEdit }: EditingProps) {
  const [isBusy, setBusy] = useState(false)
  const end = () => writeTextDraft(slot, '')
  const save = async () => {
    if (draft.trim() === comment.body) return end()
    setBusy(true)
    if (await onEdit(comment, draft.trim())) end()
    setBusy(false)
  }
  return (
    <CommentEditor
      label={texts.comments.editComment}
      value={draft}
      isBusy={isBusy}
      hasFocus
      // An empty draft is none: one space keeps the editor open.
      onChange={(text) => writeTextDraft(slot, text === '' ? ' ' : text)}
      onSend={() => void save()}
      onEscape={() => draft.trim() === comment.body && end()}
    >
      {(canSend) => (
        <>
          <Button
            size="small"
            variant="primary"
            isBusy={isBusy}
            disabled={!canSend}
            onClick={() => void save()}
          >
            {texts.comments.save}
          </Button>
          <Button size="small" variant="ghost" disabled={isBusy} onClick={end}>
            {texts.comments.cancel}
          </Button>
        </>
      )}
    </CommentEditor>
  )
}
