import { stat } from 'node:fs/promises'

/** What to tell the person where the folder of a step is not there; null: it is. */
export async function missingWorkspace(path: string): Promise<string | null> {
  const folder = await stat(path).catch(() => null)
  return folder?.isDirectory() ? null : `The workspace ${path} is not there any more. Start the card again.`
}
