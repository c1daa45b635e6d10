import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { App } from '#electron/open-app.ts'
import { bundleForNode, bundlePage } from './bundle.ts'
import { awaitText, windowSettings } from './events.ts'
import type { BenchContext } from './row.ts'
import { openWindowPage, type WindowPage } from './window-page.ts'

/** The title of the floor's card with this number. */
export function floorTitle(id: number): string {
  return `Floor card ${id} with a title of about fifty characters`
}

/** The yardstick (bench/floor) with so many cards, on a table of its own in the writer's database. */
export async function openFloorPage(
  { pool, ...app }: App,
  dataFolder: string,
  cards: number,
  context: BenchContext,
): Promise<WindowPage> {
  await pool.query(`
    DROP TABLE IF EXISTS floor_cards;
    CREATE TABLE floor_cards (id int PRIMARY KEY, list int NOT NULL, title text NOT NULL)`)
  await pool.query(
    `INSERT INTO floor_cards
     SELECT n, n % 6, format('Floor card %s with a title of about fifty characters', n) FROM generate_series(1, $1::int) n`,
    [cards],
  )
  const folder = path.join(context.cache, 'floor')
  await buildFloor(folder)
  const page = await openWindowPage('floor', windowSettings({ pool, ...app }, dataFolder), context)
  await page.evaluate(awaitText(floorTitle(6)))
  await page.evaluate('window.seen')
  return page
}

async function buildFloor(folder: string): Promise<void> {
  const source = path.resolve('bench/floor')
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'package.json'), '{ "name": "bench-floor", "type": "module" }')
  await bundleForNode(path.join(source, 'main.ts'), folder, 'es', 'main.js')
  await bundleForNode(path.join(source, 'preload.ts'), folder, 'cjs', 'preload.cjs')
  await bundlePage(path.join(source, 'renderer'), path.join(folder, 'renderer'))
}
