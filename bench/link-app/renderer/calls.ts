/** Milliseconds of each call, by kind, in blocks. */
export type BlockTimes = Record<'link' | 'raw', number[][]>

/**
 * Times calls one after the other, in blocks of one kind. The blocks of both kinds are shuffled, so that what else the
 * machine does hits both alike; one block of each comes before as a warm-up.
 */
export async function measureCalls(
  kinds: Record<'link' | 'raw', () => Promise<unknown>>,
  { blocks, calls }: { blocks: number; calls: number },
): Promise<BlockTimes> {
  const times: BlockTimes = { link: [], raw: [] }
  for (const kind of ['link', 'raw'] as const) await block(kinds[kind], calls * 2)
  for (let n = 0; n < blocks; n++) {
    const order = Math.random() < 0.5 ? (['link', 'raw'] as const) : (['raw', 'link'] as const)
    for (const kind of order) times[kind].push(await block(kinds[kind], calls))
  }
  return times
}

const collectGarbage = (globalThis as { gc?: () => void }).gc ?? (() => {})

async function block(call: () => Promise<unknown>, calls: number): Promise<number[]> {
  collectGarbage() // each block pays for its own garbage, not for that of the one before
  const times: number[] = []
  for (let n = 0; n < calls; n++) {
    const start = performance.now()
    await call()
    times.push(performance.now() - start)
  }
  return times
}
