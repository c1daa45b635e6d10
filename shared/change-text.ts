/** One file of a change that a person is asked about. */
export interface ChangedFile {
  path: string
  additions: number
  deletions: number
  /** From the first `@@` on, without the names of the file. */
  hunks: string
}

export interface ChangeText {
  files: ChangedFile[]
  /** Lines of the change that were too many to keep. */
  missing: number
}

/** The last line of a change that is not whole; lines of files never begin like this. */
export function cutMark(lines: number): string {
  return `\\ ${lines} more lines`
}

const HEADS = /^--- (.*)\n\+\+\+ .*\n(?=@@ )/gm

/** Reads a unified diff of one file or several; null: the text is no such diff. */
export function readChange(text: string): ChangeText | null {
  const missing = Number(/\n\\ (\d+) more lines$/.exec(text)?.[1] ?? 0)
  const heads = [...text.matchAll(HEADS)]
  if (heads[0]?.index !== 0) return null
  const files = heads.map((head, at) => {
    const hunks = text.slice(head.index + head[0].length, heads[at + 1]?.index)
    const count = (mark: RegExp) => hunks.match(mark)?.length ?? 0
    return { path: head[1] ?? '', hunks, additions: count(/^\+/gm), deletions: count(/^-/gm) }
  })
  return { files, missing }
}
