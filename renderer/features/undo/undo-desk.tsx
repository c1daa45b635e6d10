import { useEffect, useMemo, useRef, useState } from 'react'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { MOST_CHANGES, type Task, type TaskChange } from '#shared/task.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { CannotTakeBack } from '../../lib/undo/call-step.ts'
import { type CardPort, type CardStep, type TakenBack, takeBackAll } from '../../lib/undo/card-step.ts'
import type { CallStep, Direction, Entry, Step } from '../../lib/undo/history.ts'
import {
  canTurn,
  findEntry,
  type HistoryId,
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
  /** Where the keys undo. */
  place: HistoryId
  /** A board as it is now, whether or not it is on the screen. */
  boardOf: (id: BoardId) => Promise<UndoBoard>
  /** Puts the answer into what the window shows. */
  onChanged: (id: BoardId, changes: readonly TaskChange[], tasks: readonly Task[]) => void
}

const VERB = { undo: texts.undo.undo, redo: texts.undo.redo } as const
const PAST = { undo: texts.undo.undone, redo: texts.undo.doneAgain } as const

/** Undoes and redoes what this window has done, on any board, and asks where that has to be asked. */
export function UndoDesk(props: UndoDeskProps) {
  const { place } = props
  const history = useHistory(place)
  const [question, setQuestion] = useState<Question | null>(null)
  const latest = useRef(props)
  latest.current = props
  const run = useMemo(() => createRunner(latest, setQuestion), [])
  useEffect(() => setUndoRunner(run), [run])

  const [last, next] = [history.undo.at(-1), history.redo.at(-1)]
  useOffers({
    'board.undo': {
      run: () => run(place, 'undo'),
      isEnabled: () => canTurn(place, 'undo'),
      ...(last && { title: texts.undo.undoTitle(last.title) }),
    },
    'board.redo': {
      run: () => run(place, 'redo'),
      isEnabled: () => canTurn(place, 'redo'),
      ...(next && { title: texts.undo.redoTitle(next.title) }),
    },
  })
  return question && <UndoQuestion question={question} />
}

type Run = (place: HistoryId, direction: Direction, id?: number, force?: boolean) => void

/** One after the other, however fast the keys are pressed. */
function createRunner(
  props: { readonly current: UndoDeskProps },
  setQuestion: (question: Question | null) => void,
): Run {
  let underWay: Promise<void> = Promise.resolve()
  const ask = (asked: Asked) =>
    new Promise<boolean>((resolve) => {
      const answer = (isConfirmed: boolean) => {
        setQuestion(null)
        resolve(isConfirmed)
      }
      setQuestion({ ...asked, answer })
    })
  const run: Run = (place, direction, id, force = false) => {
    underWay = underWay.then(async () => {
      await whenRecorded(place)
      const entry = findEntry(place, direction, id)
      const { boardOf, onChanged } = props.current
      if (entry) await turn({ boardOf, onChanged, place, direction, entry, ask, force, run })
    })
  }
  return run
}

interface Turn extends UndoDeskProps {
  direction: Direction
  entry: Entry
  ask: (asked: Asked) => Promise<boolean>
  force: boolean
  run: Run
}

interface Reversed {
  done: Step
  rest: CardStep | null
  error: unknown
  also?: CallStep | undefined
  /** Null: no cards were concerned. */
  board: UndoBoard | null
}

async function turn(now: Turn): Promise<void> {
  const { direction, entry, place } = now
  try {
    const reversed = await reverse(now)
    if (reversed === null) return
    const { done, rest, error, also } = reversed
    if (done.kind === 'cards' && done.cards.length === 0 && !rest) return noteDropped(place, entry.id)
    noteTurned(place, direction, entry.id, done, rest, also)
    if (error === null) tellDone(now, reversed)
    else tellRefused(now, error)
  } catch (error) {
    tellRefused(now, error)
  }
}

/** Null: it was left as it is. */
async function reverse(now: Turn): Promise<Reversed | null> {
  const { entry, place } = now
  const { step } = entry
  if (step.kind === 'call') return { done: await step.run(), rest: null, error: null, board: null }
  if (place === 'window') throw new CannotTakeBack(texts.undo.cardsOnNoBoard)
  const board = await now.boardOf(place)
  const asked = questionBefore(board, step, VERB[now.direction])
  if (asked && !(await now.ask(asked))) return null
  const back = await takeBackAll(step, portOf(now, board), MOST_CHANGES)
  return back && { ...(await withAlso(entry, back)), board }
}

/** The cards are turned already: what goes with them and cannot be turned any more is said. */
async function withAlso({ also }: Entry, back: TakenBack): Promise<TakenBack & Pick<Reversed, 'also'>> {
  if (!also || back.rest) return { ...back, also }
  try {
    return { ...back, also: await also.run() }
  } catch (error) {
    return { ...back, error }
  }
}

function portOf({ direction, entry, ask, force, onChanged }: Turn, board: UndoBoard): CardPort {
  return {
    change: async (changes) => {
      try {
        const { tasks } = await api.tasks.change.mutate({ board_id: board.id, changes, force })
        onChanged(board.id, changes, tasks)
        return tasks
      } catch (error) {
        if (isAboutCards(error)) return null
        throw error
      }
    },
    read: readTask,
    goOnWithout: async (clashes, rest) =>
      ask(await questionAboutClashes(board, entry.title, clashes, rest, VERB[direction])),
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

function tellDone({ place, direction, entry, run }: Turn, { board }: Reversed): void {
  const running = entry.step.kind === 'cards' && board ? leftRunning(board, entry.step) : []
  const other = direction === 'undo' ? 'redo' : 'undo'
  const isAtWork = running.length > 0
  showToast({
    title: `${PAST[direction]}: ${entry.title}`,
    ...(isAtWork && { text: texts.undo.agentsStartedStillAtWork }),
    action: isAtWork
      ? { label: texts.undo.stopThem, run: () => void stop(running) }
      : { label: VERB[other], run: () => run(place, other, entry.id) },
  })
}

async function stop(running: ReturnType<typeof leftRunning>): Promise<void> {
  try {
    await Promise.all(running.map((id) => api.executions.cancel.mutate({ id })))
  } catch (error) {
    showToast({ tone: 'bad', title: texts.undo.agentsNotStopped, text: errorText(error) })
  }
}

function tellRefused({ direction, entry, place, run }: Turn, error: unknown): void {
  const { code, reason } = errorFacts(error)
  const title = texts.undo.not(PAST[direction].toLowerCase(), entry.title)
  // What it was done to is gone: the step before can be undone.
  if (code === 'NOT_FOUND' || error instanceof CannotTakeBack) noteDropped(place, entry.id)
  const anyway = {
    label: texts.undo.anyway(VERB[direction]),
    run: () => run(place, direction, entry.id, true),
  }
  showToast({
    tone: 'bad',
    title,
    text: errorText(error),
    ...(reason === 'WIP_LIMIT_EXCEEDED' && { action: anyway }),
  })
}
