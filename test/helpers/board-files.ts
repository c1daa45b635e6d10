import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ImportedBoard } from '#shared/board-transfer.ts'
import { BoardId } from '#shared/ids.ts'
import { openTestApp, type TestApp } from './test-app.ts'

/** An app, and a folder with files of boards. */
export interface BoardFiles extends AsyncDisposable {
  app: TestApp
  folder: string
  /** What the person answers in the next dialog: a path, nothing for the proposed name, null when they cancel. */
  answer: string | null
  /** Which files were shown in their folder. */
  shown: string[]
  /** Writes a file of this text, or of this value as JSON. */
  write(content: unknown): Promise<string>
  exported(id: string): Promise<Record<string, unknown>>
  imported(content: unknown, more?: object): Promise<ImportedBoard>
}

export async function openBoardFiles(): Promise<BoardFiles> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-transfer-'))
  const shown: string[] = []
  const app = await openTestApp({
    desktop: {
      pickFile: async () => files.answer,
      pickSavePath: async ({ fileName }) =>
        files.answer === '' ? path.join(folder, fileName) : files.answer,
      showInFolder: async (file) => void shown.push(file),
    },
  })
  const files: BoardFiles = {
    app,
    folder,
    answer: null,
    shown,
    async write(content) {
      const file = path.join(folder, `in-${randomUUID()}.json`)
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
      return file
    },
    async exported(id) {
      const file = path.join(folder, `out-${randomUUID()}.json`)
      files.answer = file
      await app.api.boards.export({ id: BoardId.parse(id), format: 'json' })
      return JSON.parse(await readFile(file, 'utf8'))
    },
    async imported(content, more = {}) {
      const result = await app.api.boards.import({ path: await files.write(content), ...more })
      if (!result) throw new Error('nothing was imported')
      return result
    },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return files
}

/** A small board as a file. */
export const aBoardFile = (more: object = {}) => ({
  format: 'agent-rangers-board',
  version: 1,
  board: { name: 'Plans' },
  columns: [{ id: 'c1', name: 'Todo' }],
  tasks: [{ number: 3, column: 'c1', title: 'Write' }],
  ...more,
})
