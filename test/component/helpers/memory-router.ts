import { tracked } from '@trpc/server'
import { z } from 'zod'
import { procedure, router } from '#electron/api/trpc.ts'
import { AnswerApproval } from '#shared/approval.ts'
import { ListCards, OpenBoard } from '#shared/board.ts'
import { SetModelPrice } from '#shared/budget.ts'
import { AnswerQuestions } from '#shared/clarification.ts'
import { ChooseBase } from '#shared/diff.ts'
import { UnavailableError } from '#shared/errors.ts'
import { RequestChanges, SendMessage } from '#shared/execution-message.ts'
import { BoardId, ExecutionId, TaskId } from '#shared/ids.ts'
import { ListNotifications, MarkNotifications } from '#shared/notification.ts'
import { DEFAULT_PREFERENCES, UpdatePreferences } from '#shared/preferences.ts'
import { ChangeTasks, CreateTask, ListArchived, MoveTask, UpdateTask } from '#shared/task.ts'
import { ListTrash, PurgeTrash } from '#shared/trash.ts'
import { openedBoard } from '../../unit/renderer/fixtures.ts'
import type { MemoryBoard } from './memory-board.ts'

const OneExecution = z.strictObject({ id: ExecutionId })
const OneTask = z.strictObject({ id: TaskId })
const Following = z.object({ boardId: BoardId, lastEventId: z.string() })

/** The procedures that a board in a window calls, over a board that is kept in memory; the others do not exist. */
export function memoryRouter(board: () => MemoryBoard) {
  let preferences = DEFAULT_PREFERENCES
  const { columns: _, tasks: __, ...facts } = openedBoard()
  return router({
    boards: router({
      list: procedure.query(() => [{ ...facts, task_count: board().cards.size }]),
      open: procedure
        .input(OpenBoard)
        .query(({ input }) => board().answer('boards.open', board().open(input))),
      cards: procedure
        .input(ListCards)
        .query(({ input }) => board().answer('boards.cards', board().page(input))),
      onEvent: procedure.input(Following).subscription(async function* ({ input, signal }) {
        const end = signal ?? new AbortController().signal
        for await (const { id, message } of board().events(input.lastEventId, end)) yield tracked(id, message)
      }),
    }),
    tasks: router({
      get: procedure.input(OneTask).query(({ input }) => board().answer('tasks.get', board().get(input.id))),
      create: procedure.input(CreateTask).mutation(async ({ input }) => {
        await board().answer('tasks.create', null)
        return board().create(input)
      }),
      update: procedure.input(UpdateTask).mutation(({ input }) => board().update(input)),
      move: procedure.input(MoveTask).mutation(({ input }) => board().move(input)),
      restore: procedure
        .input(OneTask.extend({ force: z.boolean() }))
        .mutation(({ input }) => board().restore(input.id, input.force)),
      listArchived: procedure.input(ListArchived).query(() => ({ tasks: board().archived(), next: null })),
      change: procedure.input(ChangeTasks).mutation(({ input }) => ({ tasks: board().change(input) })),
    }),
    trash: router({
      list: procedure.input(ListTrash).query(() => ({ items: board().trash(), next: null })),
      purge: procedure
        .input(PurgeTrash)
        .mutation(({ input }) => board().purge('all' in input ? [] : input.tasks)),
    }),
    notifications: router({
      list: procedure.input(ListNotifications).query(({ input }) => board().inbox.list(input)),
      markRead: procedure.input(MarkNotifications).mutation(({ input }) => board().inbox.mark(input, true)),
      markUnread: procedure
        .input(MarkNotifications)
        .mutation(({ input }) => board().inbox.mark(input, false)),
      onChange: procedure.subscription(({ signal }) =>
        board().inbox.follow(signal ?? new AbortController().signal),
      ),
    }),
    prices: router({
      list: procedure.query(() => board().prices),
      unpriced: procedure.query(() => board().unpriced),
      set: procedure.input(SetModelPrice).mutation(async ({ input }) => {
        await board().answer('prices.set', null)
        board().setPrice(input)
      }),
    }),
    approvals: router({
      answer: procedure.input(AnswerApproval).mutation(({ input }) => {
        board().answered.push(input)
      }),
      list: procedure.query(() => []),
    }),
    comments: router({
      list: procedure
        .input(z.strictObject({ task_id: TaskId }))
        .query(() => board().answer('comments.list', [...board().comments])),
    }),
    executions: router({
      halfMerged: procedure.query(() => board().halfMerged),
      previewMerge: procedure.input(OneExecution).query(() => board().mergePreview),
      chooseBase: procedure.input(ChooseBase).mutation(({ input }) => {
        board().said.push(input.base_branch)
        const ready = { state: 'ready', base_branch: input.base_branch, commits: 1 } as const
        board().mergePreview = ready
        board().revertPreview = { ...ready, files: ['sum.js'] }
      }),
      previewRevertMerge: procedure.input(OneExecution).query(() => board().revertPreview),
      diff: procedure.input(OneExecution).query(() => ({ files: [] })),
      // It takes until it is given up.
      merge: procedure.input(OneExecution).mutation(({ signal }) => {
        board().said.push('merge')
        return new Promise<never>((_, reject) => {
          signal?.addEventListener('abort', () => {
            board().said.push('merge given up')
            reject(signal.reason)
          })
        })
      }),
      limits: procedure.input(OneExecution).query(() => board().limits),
      messages: procedure.input(OneExecution).query(() => []),
      sendMessage: procedure.input(SendMessage).mutation(({ input }) => {
        board().said.push(input)
        return board().answer('executions.sendMessage', null)
      }),
      questions: procedure.input(OneExecution).query(() => board().questions),
      answerQuestions: procedure.input(AnswerQuestions).mutation(({ input }) => {
        board().said.push(input)
        return board().answer('executions.answerQuestions', null)
      }),
      requestChanges: procedure.input(RequestChanges).mutation(({ input }) => {
        board().said.push(input)
        return board().answer('executions.requestChanges', null)
      }),
    }),
    settings: router({
      providers: procedure.query(() => []),
      credential: procedure.query(() => board().credential),
      tryCredential: procedure.mutation(async () => {
        const { trial } = await board().answer('settings.tryCredential', board())
        if (trial.state === 'works') board().credential = { ...board().credential, proof: 'works' }
        return trial
      }),
      preferences: procedure.query(() => board().answer('settings.preferences', preferences)),
      updatePreferences: procedure.input(UpdatePreferences).mutation(({ input }) => {
        preferences = { ...preferences, ...JSON.parse(JSON.stringify(input)) }
      }),
    }),
    system: router({ git: procedure.query(() => board().git) }),
    projects: router({
      openSample: procedure.mutation(() => {
        throw new UnavailableError('GIT_MISSING', 'Git was not found. Install git.')
      }),
    }),
    people: router({ list: procedure.query(() => []), me: procedure.query(() => null) }),
    templates: router({ list: procedure.query(() => []) }),
    activity: router({ list: procedure.query(() => []) }),
  })
}
