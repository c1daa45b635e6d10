import type { StepRequest } from '../provider.ts'
import { listFiles } from './list-files.ts'
import { deleteFile, moveFile } from './move-and-delete.ts'
import { runCheck } from './run-check.ts'
import { runCommandTool } from './run-command.ts'
import { search } from './search.ts'
import { textEditor } from './text-editor.ts'
import type { Tool } from './tool.ts'

/** The tools of a step. The text editor is always whole; in a step that only reads it refuses to edit. */
export function toolsFor(request: Pick<StepRequest, 'tools' | 'checkCommand'>): Tool[] {
  const reading = [textEditor, listFiles, search]
  if (request.tools === 'read-only') return reading
  const writing = [...reading, moveFile, deleteFile, runCommandTool]
  return request.checkCommand === null ? writing : [...writing, runCheck]
}
