import { Fragment, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { Comment } from '#shared/comment.ts'
import type { BoardId, CommentId, TaskId } from '#shared/ids.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { useShortcut } from '../../lib/shortcuts/use-keymap.ts'
import { useTextDraft, writeTextDraft } from '../../lib/text-draft.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { useMe } from '../../lib/use-people.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { CommentEditor } from './comment-editor.tsx'
import { CommentRow } from './comment-row.tsx'
import styles from './comments.module.css'
import { noteSeen, seenUntil } from './seen-comments.ts'
import { useCommentActions } from './use-comment-actions.ts'
import { useComments } from './use-comments.ts'

/** So many of the latest are shown at once. */
const SHOWN = 50

interface CommentsSectionProps {
  boardId: BoardId
  taskId: TaskId
  cardKey: string
  /** The one that the address leads to. */
  targetId: CommentId | null
  image?: (id: string, alt: string) => ReactNode
  onCopyLink: (id: CommentId) => void
}

/** What people said on a card, the latest at the end, and where one says more. */
export function CommentsSection({
  boardId,
  taskId,
  cardKey,
  targetId,
  image,
  onCopyLink,
}: CommentsSectionProps) {
  const { data, error, refetch } = useComments(boardId, taskId)
  const latest = useCommentActions(boardId, taskId, cardKey)
  const count = data?.length ?? 0
  return (
    <section className={styles.section} aria-label={texts.comments.comments}>
      <h3 className={styles.title}>
        {texts.comments.comments} {count > 0 && <span className={styles.count}>{count}</span>}
      </h3>
      {data ? (
        <List
          comments={data}
          taskId={taskId}
          targetId={targetId}
          actions={latest}
          image={image}
          onCopyLink={onCopyLink}
        />
      ) : error ? (
        <ErrorState
          title={texts.comments.commentsCouldNotRead}
          error={error}
          onRetry={() => void refetch()}
        />
      ) : (
        <Skeleton width="60%" />
      )}
      <Composer taskId={taskId} onSend={latest.create} />
    </section>
  )
}

interface ListProps {
  comments: readonly Comment[]
  taskId: TaskId
  targetId: CommentId | null
  actions: ReturnType<typeof useCommentActions>
  image: CommentsSectionProps['image']
  onCopyLink: (id: CommentId) => void
}

function List({ comments, taskId, targetId, actions, image, onCopyLink }: ListProps) {
  const me = useMe()
  const now = useNow(60_000, true)
  const [isWhole, setWhole] = useState(false)
  const [until] = useState(() => seenUntil(taskId))
  const newest = comments.at(-1)?.created_at.getTime()
  useEffect(() => {
    if (newest !== undefined) noteSeen(taskId, newest)
  }, [taskId, newest])
  const isAll = isWhole || comments.slice(0, -SHOWN).some(({ id }) => id === targetId)
  const shown = isAll ? comments : comments.slice(-SHOWN)
  const isOwn = (comment: Comment) => me !== null && comment.author_id === me.id
  const firstNew =
    until === null ? undefined : shown.find((one) => one.created_at.getTime() > until && !isOwn(one))
  const does = useLatest({ ...actions, onCopyLink })
  return (
    <>
      {shown.length < comments.length && (
        <Button size="small" variant="ghost" className={styles.earlier} onClick={() => setWhole(true)}>
          {texts.comments.showEarlierComment(comments.length - shown.length)}
        </Button>
      )}
      {shown.length > 0 && (
        <ul className={styles.list}>
          {shown.map((comment) => (
            <Fragment key={comment.id}>
              {comment === firstNew && comment !== comments[0] && (
                <li className={styles.divider}>{texts.comments.new}</li>
              )}
              <CommentRow
                comment={comment}
                now={now}
                isOwn={isOwn(comment)}
                isTarget={comment.id === targetId}
                image={image}
                onEdit={does.onEdit}
                onDelete={does.onDelete}
                onCopyLink={does.onCopyLink}
              />
            </Fragment>
          ))}
        </ul>
      )}
    </>
  )
}

/** The same functions for all drawings, so that comments that did not change are not drawn again. */
function useLatest(
  actions: Pick<ReturnType<typeof useCommentActions>, 'edit' | 'remove'> & {
    onCopyLink: (id: CommentId) => void
  },
) {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  return {
    onEdit: useCallback((comment: Comment, body: string) => latest.current.edit(comment, body), []),
    onDelete: useCallback((comment: Comment) => void latest.current.remove(comment), []),
    onCopyLink: useCallback(({ id }: Comment) => latest.current.onCopyLink(id), []),
  }
}

function Composer({ taskId, onSend }: { taskId: TaskId; onSend: (body: string) => Promise<boolean> }) {
  const slot = `new-comment:${taskId}`
  const draft = useTextDraft(slot) ?? ''
  const [isBusy, setBusy] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const shortcut = useShortcut('card.comment')
  useOffers({
    'card.comment': {
      run: () => {
        area.current?.scrollIntoView({ block: 'nearest' })
        area.current?.focus()
      },
    },
  })
  const send = async () => {
    setBusy(true)
    if (await onSend(draft.trim())) writeTextDraft(slot, '')
    setBusy(false)
  }
  return (
    <CommentEditor
      ref={area}
      label={texts.comments.writeComment}
      value={draft}
      isBusy={isBusy}
      onChange={(text) => writeTextDraft(slot, text)}
      onSend={() => void send()}
      onEscape={() => area.current?.blur()}
    >
      {(canSend) =>
        draft !== '' && (
          <Button
            size="small"
            variant="primary"
            isBusy={isBusy}
            disabled={!canSend}
            title={shortcut && texts.comments.beginsCtrlEnterSends(shortcut)}
            onClick={() => void send()}
          >
            {texts.comments.comment}
          </Button>
        )
      }
    </CommentEditor>
  )
}
