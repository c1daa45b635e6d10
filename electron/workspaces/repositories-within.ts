import { forgetLeftFiles, noteLeftFiles } from './left-files.ts'

/** The repositories that one commit finds in a workspace: an agent has cloned or made them, and git did not know them. */
export class RepositoriesWithin {
  readonly #workspace: string
  /** Each ends with a slash; none lies in another. */
  #found: string[] = []

  constructor(workspace: string) {
    this.#workspace = workspace
  }

  /** Writes them down before git knows of them: whoever is killed in between finds them written. */
  async note(paths: readonly string[]): Promise<void> {
    const next: string[] = []
    for (const folder of paths.map((path) => `${path.replace(/\/$/, '')}/`).toSorted()) {
      if ([...this.#found, ...next].every((outer) => !folder.startsWith(outer))) next.push(folder)
    }
    await noteLeftFiles(this.#workspace, 'agents', next)
    this.#found.push(...next)
  }

  /** Gives those of which something is among the committed `files`; of the others there is nothing to decide. */
  async keep(files: readonly string[]): Promise<string[]> {
    const isThere = (folder: string) => files.some((file) => file.startsWith(folder))
    const empty = this.#found.filter((folder) => !isThere(folder))
    if (empty.length > 0) await forgetLeftFiles(this.#workspace, empty)
    return this.#found.filter(isThere)
  }
}
