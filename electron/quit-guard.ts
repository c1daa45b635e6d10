export interface QuitGuardOptions {
  /** Runs that this app has at work now. */
  atWork(): number
  /** Whether the person wants to be asked. */
  isWanted(): boolean
  /** Asks the person; `never`: not to be asked again. */
  ask(runs: number): Promise<{ quit: boolean; never: boolean }>
  /** Keeps that they do not want to be asked. */
  forget(): Promise<unknown>
  quit(): void
}

/** Gives what tells, whenever a person wants to quit, whether that may go on at once; else they are asked, once at a time. */
export function guardQuit(options: QuitGuardOptions): () => boolean {
  let isAsking = false
  const ask = async (runs: number) => {
    const { quit, never } = await options.ask(runs)
    if (!quit) return
    if (never) await options.forget().catch(() => {}) // the disk is full: they are asked again
    options.quit()
  }
  return () => {
    if (isAsking) return false
    const runs = options.atWork()
    if (runs === 0 || !options.isWanted()) return true
    isAsking = true
    const answered = () => {
      isAsking = false
    }
    void ask(runs).then(answered, answered) // a dialog that could not be shown was no yes
    return false
  }
}
