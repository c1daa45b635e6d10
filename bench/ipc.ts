import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { bundleForNode, bundlePage } from './bundle.ts'
import { runBenchApp } from './electron-app.ts'
import type { BlockTimes } from './link-app/renderer/calls.ts'
import type { EventTimes } from './link-app/renderer/events.ts'
import { atMost, type Bench } from './row.ts'
import { median, quantile } from './statistics.ts'

interface LinkTimes {
  small: BlockTimes
  large: BlockTimes
  events: EventTimes
  error?: string
}

/** The tRPC link against Electron's own `ipcRenderer.invoke` through the context bridge, in the same window and run. */
export const bench: Bench = async (context) => {
  const folder = await buildLinkApp(path.join(context.cache, 'link-app'))
  const { small, large, events, error } = (await runBenchApp(folder, context)) as LinkTimes
  if (error !== undefined) throw new Error(error)
  // The median of the half seconds: a moment in which something else took the processor spoils its own window only.
  const p95 = median(events.windows.map((samples) => quantile(samples, 0.95)))
  return [
    atMost(1.3, {
      id: 'ipc.query',
      what: '1 KB query, p50: our link / raw invoke',
      unit: 'x',
      ...ratio(small),
    }),
    atMost(0.4, {
      id: 'ipc.snapshot',
      what: '5,000-task snapshot, p50: our link / raw invoke',
      unit: 'x',
      ...ratio(large),
    }),
    atMost(12, {
      id: 'ipc.events',
      what: '10,000 events/s to 5 subscribers, delivery p95',
      unit: 'ms',
      // Lost events make any delay worthless.
      value: events.resets === 0 ? p95 : Number.POSITIVE_INFINITY,
      note: `${Math.round(events.rate)} events/s, p50 ${median(events.windows.map(median)).toFixed(1)} ms, ${events.resets} resets`,
    }),
  ]
}

/**
 * The median of the ratios of neighbouring blocks' medians: both blocks of a pair saw the same machine, and what
 * disturbed one pair spoils that pair only.
 */
function ratio({ link, raw }: BlockTimes): { value: number; note: string } {
  const [ours, theirs] = [link.map(median), raw.map(median)]
  const ratios = ours.map((time, index) => time / (theirs[index] ?? Number.NaN))
  return { value: median(ratios), note: `${median(ours).toFixed(3)} / ${median(theirs).toFixed(3)} ms` }
}

async function buildLinkApp(out: string): Promise<string> {
  const source = path.resolve('bench/link-app')
  await mkdir(out, { recursive: true })
  await writeFile(
    path.join(out, 'package.json'),
    JSON.stringify({ name: 'bench', type: 'module', main: 'main.js' }),
  )
  await bundleForNode(path.join(source, 'main.ts'), out, 'es', 'main.js')
  await bundleForNode(path.join(source, 'preload.ts'), out, 'cjs', 'preload.cjs')
  await bundlePage(path.join(source, 'renderer'), path.join(out, 'renderer'))
  return out
}
