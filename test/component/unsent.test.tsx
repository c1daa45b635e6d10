import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import type { ClarificationQuestion } from '#shared/clarification.ts'
import { QuestionId } from '#shared/ids.ts'
import { AddColumn } from '../../renderer/features/board/add-column.tsx'
import { ReviewBar } from '../../renderer/features/changes/review-bar.tsx'
import { JudgePart } from '../../renderer/features/decisions/judge-part.tsx'
import { MessagesPart } from '../../renderer/features/decisions/messages-part.tsx'
import { QuestionsForm } from '../../renderer/features/decisions/questions-form.tsx'
import { useLineComments } from '../../renderer/lib/line-comments.ts'
import { EditableText } from '../../renderer/ui/editable-text.tsx'
import { column, execution, RIGHT, task, uuid } from '../unit/renderer/fixtures.ts'
import { openBoardWindow, titlesIn } from './helpers/board-window.tsx'
import { serveBoard } from './helpers/bridge.ts'
import { InWindow } from './helpers/in-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

const RUN = execution(1)
const SEND = '{Control>}{Enter}{/Control}'

beforeEach(() => localStorage.clear())

function served(): MemoryBoard {
  const board = new MemoryBoard()
  serveBoard(board)
  return board
}

it('a message to the agents is sent once, however often the keys are pressed', async () => {
  const board = served()
  const held = board.hold('executions.sendMessage')
  render(<MessagesPart execution={RUN} />, { wrapper: InWindow })
  const field = screen.getByLabelText('Message to the agents')
  const user = userEvent.setup()
  await user.type(field, 'Use yarn.')
  await user.keyboard(`${SEND}${SEND}`)
  await waitFor(() => expect(held.waiting).toBe(1))
  held.release()
  await waitFor(() => expect(field).toHaveProperty('value', ''))
  expect(board.said).toEqual([{ execution_id: RUN.id, body: 'Use yarn.' }])
})

it('a message that was not sent is there again when the card is opened again', async () => {
  served()
  const user = userEvent.setup()
  const { unmount } = render(<MessagesPart execution={RUN} />, { wrapper: InWindow })
  await user.type(screen.getByLabelText('Message to the agents'), 'Use yarn.')
  unmount()
  expect(localStorage.getItem(`draft:message:${RUN.id}`)).toBe('Use yarn.') // also for the next start
  render(<MessagesPart execution={RUN} />, { wrapper: InWindow })
  expect(screen.getByLabelText('Message to the agents')).toHaveProperty('value', 'Use yarn.')
})

const QUESTION: ClarificationQuestion = {
  id: QuestionId.parse(uuid(950)),
  execution_id: RUN.id,
  position: 1,
  kind: 'free_text',
  question: 'Which currency?',
  options: [],
  answer: null,
  answered_by: null,
  answered_at: null,
}

it('answers outlive their form, and are sent once', async () => {
  const board = served()
  board.questions.push(QUESTION)
  const user = userEvent.setup()
  const { unmount } = render(<QuestionsForm execution={RUN} />, { wrapper: InWindow })
  await user.type(await screen.findByLabelText('1. Which currency?'), 'Euro')
  unmount()
  render(<QuestionsForm execution={RUN} />, { wrapper: InWindow })
  const field = await screen.findByLabelText('1. Which currency?')
  expect(field).toHaveProperty('value', 'Euro')
  const held = board.hold('executions.answerQuestions')
  await user.click(field)
  await user.keyboard(`${SEND}${SEND}`)
  await waitFor(() => expect(held.waiting).toBe(1))
  held.release()
  await waitFor(() => expect(localStorage.getItem(`draft:answer:${QUESTION.id}`)).toBeNull())
  expect(board.said).toEqual([{ execution_id: RUN.id, answers: [{ id: QUESTION.id, answer: 'Euro' }] }])
})

it('a refused card stands before what was typed meanwhile in its column', async () => {
  const board = new MemoryBoard([task(1)])
  const user = await openBoardWindow(board)
  await user.click(screen.getByRole('button', { name: 'Add card to Right' }))
  const field = screen.getByLabelText('Title of the new card in Right')
  const held = board.hold('tasks.create')
  board.refusal = 'The database rests.'
  await user.type(field, 'Dig{Enter}We')
  await waitFor(() => expect(held.waiting).toBe(1))
  held.release()
  await screen.findByText('The card was not created')
  expect(field).toHaveProperty('value', 'Dig We')
})

it('a card that is refused after its form was closed is found there again', async () => {
  const board = new MemoryBoard([task(1)])
  const user = await openBoardWindow(board)
  const open = () => user.click(screen.getByRole('button', { name: 'Add card to Right' }))
  await open()
  const held = board.hold('tasks.create')
  board.refusal = 'The database rests.'
  await user.type(screen.getByLabelText('Title of the new card in Right'), 'Dig{Enter}{Escape}')
  await waitFor(() => expect(held.waiting).toBe(1))
  held.release()
  await screen.findByText('The card was not created')
  board.refusal = null
  await open()
  expect(screen.getByLabelText('Title of the new card in Right')).toHaveProperty('value', 'Dig')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Dig']))
})

it('Enter that is pressed twice adds one column', async () => {
  const added: string[] = []
  const answers: ((isDone: boolean) => void)[] = []
  const onAdd = (name: string) => {
    added.push(name)
    return new Promise<boolean>((resolve) => answers.push(resolve))
  }
  render(<AddColumn isFirst onAdd={onAdd} />, { wrapper: InWindow })
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Add column' }))
  const field = screen.getByLabelText('Name of the new column')
  await user.type(field, 'Doing{Enter}{Enter}')
  expect(added).toEqual(['Doing'])
  answers[0]?.(true)
  await waitFor(() => expect(field).toHaveProperty('value', ''))
})

function Review() {
  const { add } = useLineComments(RUN.id)
  return (
    <>
      <button type="button" onClick={() => add({ file: 'sum.js', line: 1, text: 'Later' })}>
        Say more
      </button>
      <ReviewBar execution={RUN} />
    </>
  )
}

it('a comment that is made while the others are on their way is not thrown away with them', async () => {
  const board = served()
  localStorage.setItem(
    `draft:line-comments:${RUN.id}`,
    JSON.stringify([{ id: 1, file: 'sum.js', line: 1, text: 'First' }]),
  )
  const held = board.hold('executions.requestChanges')
  const user = userEvent.setup()
  render(<Review />, { wrapper: InWindow })
  await user.click(screen.getByRole('button', { name: 'Request changes' }))
  await waitFor(() => expect(held.waiting).toBe(1))
  await user.click(screen.getByRole('button', { name: 'Say more' }))
  held.release()
  await screen.findByText('Another round begins with your comments.')
  await screen.findByText(/^1 comment not sent yet/)
  expect(localStorage.getItem(`draft:line-comments:${RUN.id}`)).toContain('Later')
})

it('Undo of a discard brings the comments back before one that was made meanwhile, which stays', async () => {
  served()
  localStorage.setItem(
    `draft:line-comments:${RUN.id}`,
    JSON.stringify([{ id: 1, file: 'sum.js', line: 1, text: 'First' }]),
  )
  const user = userEvent.setup()
  render(<Review />, { wrapper: InWindow })
  await user.click(screen.getByRole('button', { name: 'Discard' }))
  await user.click(screen.getByRole('button', { name: 'Say more' }))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await screen.findByText(/^2 comments not sent yet/)
  const kept = JSON.parse(localStorage.getItem(`draft:line-comments:${RUN.id}`) ?? '[]')
  expect(kept.map(({ text }: { text: string }) => text)).toEqual(['First', 'Later'])
})

it('changes that are requested beside the banner take the comments on lines along', async () => {
  const board = served()
  localStorage.setItem(
    `draft:line-comments:${RUN.id}`,
    JSON.stringify([{ id: 1, file: 'sum.js', line: 1, text: 'First' }]),
  )
  const user = userEvent.setup()
  render(<JudgePart execution={execution(1, { status: 'completed', files_changed: 1 })} />, {
    wrapper: InWindow,
  })
  await user.click(screen.getByRole('button', { name: 'Request changes…' }))
  screen.getByText('With 1 comment made in the Changes tab.')
  await user.click(screen.getByRole('button', { name: 'Request changes' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(board.said).toEqual([
    { execution_id: RUN.id, summary: '', comments: [{ file: 'sum.js', line: 1, text: 'First' }] },
  ])
  expect(localStorage.getItem(`draft:line-comments:${RUN.id}`) ?? '').toBe('')
})

it('Escape that chooses characters of a language does not give up what is written', () => {
  const done: string[] = []
  const name = 'Title'
  render(
    <EditableText
      label={name}
      value=""
      maxLength={255}
      onSave={(text) => done.push(text)}
      onDone={() => {}}
    />,
  )
  const field = screen.getByLabelText(name)
  fireEvent.change(field, { target: { value: '水' } })
  fireEvent.keyDown(field, { key: 'Escape', isComposing: true })
  fireEvent.blur(field)
  expect(done).toEqual(['水'])
})

it('a limit of a column is no reason to lose the card that was typed above it', async () => {
  const columns = [column(RIGHT, 1, { wip_limit: 1 })]
  const board = new MemoryBoard([task(1, { column_id: RIGHT })], columns)
  const user = await openBoardWindow(board)
  await user.click(screen.getByRole('button', { name: 'Add card to Right' }))
  await user.type(screen.getByLabelText('Title of the new card in Right'), 'Dig{Enter}')
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Card 1', 'Dig']))
})
