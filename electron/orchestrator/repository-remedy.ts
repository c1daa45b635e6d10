import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Remedy } from '../workspaces/repository-difference.ts'

/** Keeps how a change of the repository is put back, readable by this person only. */
export async function keepRemedy(
  dataFolder: string,
  executionId: string,
  changeId: string,
  remedy: Remedy,
): Promise<void> {
  const file = fileOf(dataFolder, executionId, changeId)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, JSON.stringify(remedy), { mode: 0o600 })
}

/** Null on a computer that did not see the change. */
export async function readRemedy(
  dataFolder: string,
  executionId: string,
  changeId: string,
): Promise<Remedy | null> {
  const text = await readFile(fileOf(dataFolder, executionId, changeId), 'utf8').catch(() => null)
  return text === null ? null : Remedy.parse(JSON.parse(text))
}

function fileOf(dataFolder: string, executionId: string, changeId: string): string {
  return path.join(dataFolder, 'guard', executionId, 'changes', `${changeId}.json`)
}
