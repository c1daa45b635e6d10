import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { CommentForm } from '../../renderer/features/changes/comment-form.tsx'
import { CommandFields, commandTexts, hasTooLong } from '../../renderer/ui/command-fields.tsx'
import { EditableText } from '../../renderer/ui/editable-text.tsx'
import { Field, TextInput } from '../../renderer/ui/field.tsx'
import { Toaster } from '../../renderer/ui/toast.tsx'
import { LEFT, task, taskId } from '../unit/renderer/fixtures.ts'
import { card, openBoardWindow, titlesIn } from './helpers/board-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

const LONG = 'water the garden '.repeat(20).trim() // 339

it('a title of a new card that is too long stays whole, says so, and is added once it fits', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  await user.click(await screen.findByRole('button', { name: 'Add a card to Left' }))
  const field = await screen.findByLabelText('Title of the new card in Left')
  await user.paste(LONG)
  await screen.findByText(/^84 characters too many: a title ends at 255/)
  await user.keyboard('{Enter}')
  expect(field).toHaveProperty('value', LONG)
  expect(board.in(LEFT)).toEqual([])
  fireEvent.change(field, { target: { value: LONG.slice(0, 254) } })
  await user.keyboard('{Enter}')
  await waitFor(() => expect(titlesIn('Left')).toEqual([LONG.slice(0, 254)]))
})

it('so does one that is edited in its place, also when it is left; Escape gives it up', async () => {
  const board = new MemoryBoard([task(1)])
  const user = await openBoardWindow(board)
  card('Card 1').focus()
  await user.keyboard('e')
  await waitFor(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'))
  const field = document.activeElement as HTMLTextAreaElement
  await user.paste(LONG)
  await screen.findByText('84 characters too many: it ends at 255.')
  await user.keyboard('{Enter}')
  fireEvent.blur(field)
  expect(field).toHaveProperty('value', LONG)
  expect(board.get(taskId(1)).title).toBe('Card 1')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(field.isConnected).toBe(false))
  expect(board.get(taskId(1)).title).toBe('Card 1')
})

it('where it cannot stay, as with its card, nothing of it is saved, and the person can copy it', async () => {
  const saved: string[] = []
  const window = (isThere: boolean) => (
    <>
      {isThere && (
        <EditableText
          label="Title of RNG-1"
          value="Card 1"
          maxLength={255}
          onSave={(text) => saved.push(text)}
          onDone={() => {}}
        />
      )}
      <Toaster />
    </>
  )
  const { rerender } = render(window(true))
  fireEvent.change(screen.getByLabelText('Title of RNG-1'), { target: { value: LONG } })
  rerender(window(false))
  await screen.findByText('“Title of RNG-1” was not saved')
  screen.getByRole('button', { name: 'Copy text' })
  expect(saved).toEqual([])
})

/** What a dialog makes of them. */
function Form() {
  const [values, setValues] = useState(commandTexts(null))
  return (
    <>
      <CommandFields values={values} onChange={setValues} />
      <output>{hasTooLong(values) ? 'refused' : 'stored'}</output>
    </>
  )
}

it('so does a command, which is not stored as long as it is', async () => {
  render(<Form />)
  const user = userEvent.setup()
  const field = screen.getByLabelText('Check command')
  const long = `rm -r build/${'x'.repeat(1000)}`
  await user.click(field)
  await user.paste(long)
  expect(field).toHaveProperty('value', long)
  expect(screen.getByRole('alert').textContent).toBe('12 characters too many: it ends at 1000.')
  expect(screen.getByRole('status').textContent).toBe('refused')
  fireEvent.change(field, { target: { value: 'npm test' } })
  expect(screen.getByRole('status').textContent).toBe('stored')
})

it('so does a comment on a line, which is added once it fits', async () => {
  const added: string[] = []
  render(
    <CommentForm
      path="src/garden.ts"
      line={3}
      draft=""
      onText={() => {}}
      onAdd={(_, text) => added.push(text)}
      onClose={() => {}}
      onCancel={() => {}}
    />,
  )
  const user = userEvent.setup()
  const field = screen.getByLabelText('Your comment')
  const long = 'x'.repeat(20_002)
  await user.click(field)
  await user.paste(long)
  expect(field).toHaveProperty('value', long)
  screen.getByText('2 characters too many: it ends at 20000.')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(screen.getByRole('button', { name: 'Add comment' })).toHaveProperty('disabled', true)
  expect(added).toEqual([])
  fireEvent.change(field, { target: { value: long.slice(2) } })
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(added).toEqual([long.slice(2)])
})

it('a field says both what it is for and that its text is too long', () => {
  const form = (value: string) => (
    <Field label="Name" hint="All see it.">
      {(attributes) => <TextInput {...attributes} limit={5} value={value} onChange={() => {}} />}
    </Field>
  )
  const { rerender } = render(form('fit'))
  const field = screen.getByLabelText('Name')
  const described = () =>
    (field.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
  expect(described()).toEqual(['All see it.'])
  expect(field.getAttribute('aria-invalid')).toBe('false')
  rerender(form('unfit!'))
  expect(described()).toEqual(['All see it.', '1 character too many: it ends at 5.'])
  expect(field.getAttribute('aria-invalid')).toBe('true')
})
