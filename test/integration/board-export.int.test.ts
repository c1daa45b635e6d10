import { readdir, readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BoardFiles, openBoardFiles } from '../helpers/board-files.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'

let files: BoardFiles
beforeAll(async () => {
  files = await openBoardFiles()
})
afterAll(() => files[Symbol.asyncDispose]())

it('writes the board where the person says, a line for each card', async () => {
  const { board, backlog, review } = await makeBoard(files.app, 'Shop: 1/2')
  const [first, gone] = await makeTasks(files.app, board.id, backlog.id, ['Pay', 'Gone'])
  const [second] = await makeTasks(files.app, board.id, review.id, ['Ship'])
  if (!first || !gone || !second) throw new Error('no cards')
  await files.app.api.tasks.delete({ id: gone.id })
  files.answer = ''
  const result = await files.app.api.boards.export({ id: board.id, format: 'json' })
  expect(result).toEqual({ path: path.join(files.folder, `${board.key} Shop 1 2.json`), cards: 2 })
  const text = await readFile(result?.path ?? '', 'utf8')
  expect(text.split('\n').filter((line) => line.includes('"title"'))).toHaveLength(2)
  expect(JSON.parse(text)).toEqual({
    format: 'agent-rangers-board',
    version: 1,
    app_version: '0.0.0-test',
    exported_at: expect.stringMatching(/^\d{4}-.*Z$/),
    board: { key: board.key, name: board.name, description: null, settings: {}, next_task_number: 4 },
    labels: [],
    views: [],
    templates: [],
    transitions: [],
    links: [],
    columns: [
      expect.objectContaining({ id: 'c1', name: 'Backlog', is_start_column: true }),
      expect.objectContaining({ id: 'c2', triggers_agents: true, agent_workflow_type: 'development' }),
      expect.objectContaining({ id: 'c3', is_review_column: true }),
      expect.objectContaining({ id: 'c4', is_end_column: true }),
    ],
    tasks: [
      {
        number: 1,
        column: 'c1',
        title: 'Pay',
        description: null,
        acceptance_criteria: null,
        labels: [],
        assigned_to: null,
        status: 'open',
        priority: null,
        due_date: null,
        estimate: null,
        comments: [],
        archived_at: null,
        created_at: first.created_at.toISOString(),
        updated_at: first.updated_at.toISOString(),
      },
      expect.objectContaining({ number: 3, column: 'c3', title: 'Ship' }),
    ],
  })
})

it('writes a table for spreadsheet programs', async () => {
  const { board, backlog } = await makeBoard(files.app, 'Table')
  await makeTasks(files.app, board.id, backlog.id, ['=1+1', 'Plain, with "comma"'])
  files.answer = path.join(files.folder, 'table.csv')
  expect(await files.app.api.boards.export({ id: board.id, format: 'csv' })).toEqual({
    path: files.answer,
    cards: 2,
  })
  const lines = (await readFile(files.answer, 'utf8')).split('\r\n')
  expect(lines[0]).toBe(
    '\ufeffkey,title,column,status,priority,assigned_to,labels,due_date,estimate,description,acceptance_criteria,archived_at,created_at,updated_at',
  )
  expect(lines[1]).toMatch(/^TAB-1,'=1\+1,Backlog,open,,,,/)
  expect(lines[2]).toMatch(/^TAB-2,"Plain, with ""comma""",Backlog,/)
  await files.app.api.boards.showExport({ path: files.answer })
  expect(files.shown).toEqual([files.answer])
})

it('does nothing when the person thinks better of it', async () => {
  const { board } = await makeBoard(files.app)
  files.answer = null
  expect(await files.app.api.boards.export({ id: board.id, format: 'json' })).toBeNull()
  expect(await files.app.api.boards.import({})).toBeNull()
  expect(await files.app.api.boards.pickImport()).toBeNull()
})

it('that cannot be written says why, and leaves what was there', async () => {
  const { board } = await makeBoard(files.app)
  files.answer = path.join(files.folder, 'nowhere', 'x.json')
  expect(await refusalOf(files.app.api.boards.export({ id: board.id, format: 'json' }))).toEqual({
    code: 'PRECONDITION_FAILED',
    detail: {
      error: 'FILE_NOT_WRITTEN',
      message: `“${files.answer}” was not written. Its folder is not there. Choose another one.`,
    },
  })
  files.answer = files.folder
  expect(await refusalOf(files.app.api.boards.export({ id: board.id, format: 'csv' }))).toMatchObject({
    detail: { message: `“${files.folder}” is no file. Choose another name.` },
  })
  expect((await readdir(files.folder)).filter((name) => name.endsWith('.part'))).toEqual([])
})

it('writes through a link, and keeps the link', async () => {
  const { board } = await makeBoard(files.app)
  const real = await files.write('old')
  files.answer = `${real}.link`
  await symlink(real, files.answer)
  await files.app.api.boards.export({ id: board.id, format: 'json' })
  expect(JSON.parse(await readFile(real, 'utf8'))).toMatchObject({ format: 'agent-rangers-board' })
})
