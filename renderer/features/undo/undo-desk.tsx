import { useEffect, useMemo, useRef, useState } from 'react'
import type { TaskId } from '#shared/ids.ts'
import type { Task, TaskChange } from '#shared/task.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { api } from '../../lib/trpc.ts'
import { CannotTakeBack } from '../../lib/undo/call-step.ts'
import { type CardPort, takeBack } from '../../lib/undo/card-step.ts'
import type { Direction, Entry, Step } from '../../lib/undo/history.ts'
import {
  canTurn,
  findEntry,
  noteDropped,
  noteTurned,
  setUndoRunner,
  useHistory,
  whenRecorded,
} from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import {
  type Asked,
  leftRunning,
  questionAboutClashes,
  questionBefore,
  type UndoBoard,
} from './ask-before.ts'
import { type Question, UndoQuestion } from './undo-question.tsx'

interface UndoDeskProps {
  board: UndoBoard
  /** Puts the answer into what the window shows. */
  onChanged: (changes: readonly TaskChange[], tasks: readonly Task[]) => void
}

const VERB = { undo: 'Undo', redo: 'Redo' } as const
const PAST = { undo: 'Undone', redo: 'Done again' } as const

/** Undoes and redoes what this window has done on a board, and asks where that has to be asked. */
export function UndoDesk(props: UndoDeskProps) {
  const boardId = props.board.id
  const history = useHistory(boardId)
  const [question, setQuestion] = useState<Question | null>(null)
  const latest = useRef(props)
  latest.current = props
  const run = useMemo(() => createRunner(latest, setQuestion), [])
  useEffect(() => setUndoRunner(boardId, run), [boardId, run])

  const [last, next] = [history.undo.at(-1), history.redo.at(-1)]
  useOffers({
    'board.undo': {
      run: () => run('undo'),
      isEnabled: () => canTurn(boardId, 'undo'),
      ...(last && { title: `Undo: ${last.title}` }),
    },
    'board.redo': {
      run: () => run('redo'),
      isEnabled: () => canTurn(boardId, 'redo'),
      ...(next && { title: `Redo: ${next.title}` }),
    },
  })
  return question && <UndoQuestion question={question} />
}

/** One after the other, however fast the keys are pressed. */
function createRunner(
  props: { readonly current: UndoDeskProps },
  setQuestion: (question: Question | null) => void,
) {
  let underWay: Promise<void> = Promise.resolve()
  const ask = (asked: Asked) =>
    new Promise<boolean>((resolve) => {
      const answer = (isConfirmed: boolean) => {
        setQuestion(null)
        resolve(isConfirmed)
      }
      setQuestion({ ...asked, answer })
    })
  const run = (direction: Direction, id?: number, force = false) => {
    underWay = underWay.then(async () => {
      await whenRecorded(props.current.board.id)
      const entry = findEntry(props.current.board.id, direction, id)
      if (entry) await turn({ ...props.current, direction, entry, ask, force, run })
    })
  }
  return run
}

interface Turn extends UndoDeskProps {
  direction: Direction
  entry: Entry
  ask: (asked: Asked) => Promise<boolean>
  force: boolean
  run: (direction: Direction, id?: number, force?: boolean) => void
}

async function turn(now: Turn): Promise<void> {
  const { direction, entry, board } = now
  try {
    const step = await reverse(now, entry.step)
    if (step === null) return
    if (step.kind === 'cards' && step.cards.length === 0) return noteDropped(board.id, entry.id)
    noteTurned(board.id, direction, entry.id, step)
    tellDone(now)
  } catch (error) {
    tellRefused(now, error)
  }
}

async function reverse(now: Turn, step: Step): Promise<Step | null> {
  if (step.kind === 'call') return step.run()
  const asked = questionBefore(now.board, step, VERB[now.direction])
  if (asked && !(await now.ask(asked))) return null
  return takeBack(step, portOf(now))
}

function portOf({ board, direction, ask, force, onChanged }: Turn): CardPort {
  return {
    change: async (changes) => {
      try {
        const { tasks } = await api.tasks.change.mutate({ board_id: board.id, changes, force })
        onChanged(changes, tasks)
        return tasks
      } catch (error) {
        if (isAboutCards(error)) return null
        throw error
      }
    },
    read: readTask,
    goOnWithout: async (clashes, rest) =>
      ask(await questionAboutClashes(board, clashes, rest, VERB[direction])),
  }
}

/** A card has changed or is gone, as against a column, say. */
function isAboutCards(error: unknown): boolean {
  const { reason, code } = errorFacts(error)
  if (code === 'NOT_FOUND') return error instanceof Error && error.message.startsWith('Task ')
  return reason === 'VERSION_CONFLICT'
}

async function readTask(id: TaskId): Promise<Task | null> {
  try {
    return await api.tasks.get.query({ id })
  } catch (error) {
    if (errorFacts(error).code === 'NOT_FOUND') return null
    throw error
  }
}

function tellDone({ board, direction, entry, run }: Turn): void {
  const running = entry.step.kind === 'cards' ? leftRunning(board, entry.step) : []
  const other = direction === 'undo' ? 'redo' : 'undo'
  const isAtWork = running.length > 0
  showToast({
    title: `${PAST[direction]}: ${entry.title}`,
    ...(isAtWork && { text: 'The agents that it started are still at work.' }),
    action: isAtWork
      ? { label: 'Stop them', run: () => void stop(running) }
      : { label: VERB[other], run: () => run(other, entry.id) },
  })
}

async function stop(running: ReturnType<typeof leftRunning>): Promise<void> {
  try {
    await Promise.all(running.map((id) => api.executions.cancel.mutate({ id })))
  } catch (error) {
    showToast({ tone: 'bad', title: 'The agents were not stopped', text: errorText(error) })
  }
}

function tellRefused({ direction, entry, board, run }: Turn, error: unknown): void {
  const { code, reason } = errorFacts(error)
  const title = `Not ${PAST[direction].toLowerCase()}: ${entry.title}`
  // What it was done to is gone: the step before can be undone.
  if (code === 'NOT_FOUND' || error instanceof CannotTakeBack) noteDropped(board.id, entry.id)
  const anyway = { label: `${VERB[direction]} anyway`, run: () => run(direction, entry.id, true) }
  showToast({
    tone: 'bad',
    title,
    text: errorText(error),
    ...(reason === 'WIP_LIMIT_EXCEEDED' && { action: anyway }),
  })
}
