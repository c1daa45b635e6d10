import { setTimeout as pause } from 'node:timers/promises'
import { type Database, openDatabase } from '#db/client.ts'
import { migrateUp } from '#db/migrate.ts'
import { listCards, openBoard } from '#electron/services/open-board.ts'
import type { BoardId } from '#shared/ids.ts'
import { toBoardState } from '../../renderer/features/board/board-state.ts'
import { withPage } from '../../renderer/features/board/change-cards.ts'
import { urlOf } from '../../test/helpers/database-url.ts'
import { type AppProcess, startAppProcess } from './app-process.ts'
import { draw } from './board-window.ts'
import { Ledger } from './ledger.ts'
import type { Word } from './lines.ts'
import { makeBoards } from './make-boards.ts'
import { type Chance, chanceOf } from './random.ts'
import type { SoakServer } from './server.ts'
import { judge } from './verdict.ts'

/** All folders are where the database says. */
const NO_PLACES = { find: async () => null, set: async () => {}, whose: async () => null }

const APPS = ['one', 'two', 'three']
const BOARDS = 3
const PER_SECOND = 20
/** From one kill to the next, in milliseconds. */
const CALM = [4000, 9000] as const
const STARTS = 20
const SETTLE_MS = 60_000

export interface SoakOptions {
  seconds: number
  seed: number
  /** Each app keeps its data here. */
  folder: string
  programs: Record<'app', string>
  server: SoakServer
  signal: AbortSignal
  /** Tells a person how it goes. */
  tell: (line: string) => void
}

export interface SoakResult {
  /** What is wrong; empty when all is well. */
  problems: string[]
  figures: Record<string, number>
}

/**
 * Three apps change the same boards for a while, and one of them or the server is killed again and again. At the end all
 * windows must draw what the database holds, and what anybody was told must be there.
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const database = openDatabase({ connection: options.server.connection, poolSize: 1, maxOverflow: 4 })
  const run = new Run(options, database)
  try {
    return await run.toTheEnd()
  } finally {
    await run.end()
    await database.close()
  }
}

class Run {
  readonly #options: SoakOptions
  readonly #database: Database
  readonly #chance: Chance
  readonly #ledger = new Ledger()
  readonly #apps = new Map<string, AppProcess>()
  #boards: BoardId[] = []
  readonly #kills = { app: 0, server: 0 }

  constructor(options: SoakOptions, database: Database) {
    this.#options = options
    this.#database = database
    this.#chance = chanceOf(options.seed)
  }

  async toTheEnd(): Promise<SoakResult> {
    const { seconds, tell } = this.#options
    await migrateUp(this.#database.pool, { folder: 'migrations' })
    this.#boards = await makeBoards(this.#database.db, BOARDS)
    await Promise.all(APPS.map((name) => this.#startApp(name)))
    tell(`${APPS.length} apps write ${PER_SECOND} changes a second each, for ${seconds} s`)
    await this.#killNowAndThen(performance.now() + seconds * 1000)
    const asked = this.#ledger.done.length
    await Promise.all([...this.#apps.values()].map((app) => this.#stopWriting(app)))
    const problems = await this.#compareDrawings()
    problems.push(...(await judge(this.#database.pool, this.#boards, this.#ledger)))
    for (const [name, app] of this.#apps) {
      const code = await app.close()
      if (code !== 0) problems.push(`${name} ended with ${code}`)
    }
    this.#apps.clear()
    return { problems, figures: await this.#figures(asked) }
  }

  /** Whatever is still there, when something went wrong before the end. */
  async end(): Promise<void> {
    await Promise.all([...this.#apps.values()].map((app) => app.kill()))
  }

  /** A server that is just being killed is no reason to give up: a person would start the app again, too. */
  async #startApp(name: string, life = 1): Promise<void> {
    for (let start = 1; ; start += 1) {
      this.#options.signal.throwIfAborted()
      const app = this.#spawn(name, life)
      const word = await app.hear((one): one is StartWord => one.say === 'ready' || one.say === 'not started')
      if (word.say === 'ready') return
      await app.kill()
      this.#ledger.killed(name)
      if (word.code !== 'SERVICE_UNAVAILABLE' || start === STARTS) {
        throw new Error(`${name} did not start: ${word.message}`)
      }
      await pause(250)
    }
  }

  #spawn(name: string, life: number): AppProcess {
    const { folder, programs, server, seed } = this.#options
    const readers = this.#boards.map((board) => [board, this.#ledger.reader(name, board).ids.at(-1) ?? '0'])
    const app = startAppProcess(
      programs.app,
      {
        name: `${name}.${life}`,
        databaseUrl: urlOf(server.connection),
        dataFolder: `${folder}/${name}`,
        seed: seed + 1000 * APPS.indexOf(name) + life,
        perSecond: PER_SECOND,
        boards: this.#boards,
        readers: Object.fromEntries(readers),
      },
      (word) => this.#ledger.take(name, word),
    )
    void app.endedByItself.then((how) => this.#ledger.broken.push(`${name} ${how}`))
    this.#apps.set(name, app)
    return app
  }

  /** Both kinds of kill happen early; then chance decides. */
  async #killNowAndThen(end: number): Promise<void> {
    const { signal } = this.#options
    const first: Victim = this.#chance.next() < 0.5 ? 'app' : 'server'
    const early: (Victim | undefined)[] = [first, first === 'app' ? 'server' : 'app']
    for (;;) {
      const calm = this.#chance.whole(...CALM)
      const left = Math.max(0, end - performance.now())
      await pause(Math.min(calm, left), undefined, { signal })
      if (calm >= left) return
      const victim = early.shift() ?? (this.#chance.next() < 0.5 ? 'app' : 'server')
      this.#kills[victim] += 1
      await (victim === 'server' ? this.#killServer() : this.#killApp())
    }
  }

  async #killServer(): Promise<void> {
    const from = performance.now()
    await this.#options.server.kill()
    this.#options.tell(`killed the server; it answers after ${Math.round(performance.now() - from)} ms`)
  }

  async #killApp(): Promise<void> {
    const name = this.#chance.pick(APPS) ?? ''
    await this.#apps.get(name)?.kill()
    this.#ledger.killed(name)
    this.#options.tell(`killed app ${name}`)
    await this.#startApp(name, this.#kills.app + 1)
  }

  async #stopWriting(app: AppProcess): Promise<void> {
    const stopped = app.hear((word): word is Word & { say: 'stopped' } => word.say === 'stopped')
    app.order({ do: 'stop writing' })
    await stopped
  }

  /** Every window, once it has heard everything, against the database. */
  async #compareDrawings(): Promise<string[]> {
    const problems: string[] = []
    const truth = new Map<BoardId, { drawing: string; last: string }>()
    for (const id of this.#boards) {
      const context = { db: this.#database.db, places: NO_PLACES }
      const opened = await openBoard(context, { id, per_column: 500 })
      const rest = await listCards(context, { board_id: id, after: 0, limit: 1000 })
      const whole = withPage(toBoardState(opened), rest)
      truth.set(id, { drawing: draw(whole), last: opened.last_event_id })
    }
    const until = Object.fromEntries([...truth].map(([id, { last }]) => [id, last]))
    for (const [name, app] of this.#apps) {
      for (const [board, { drawing, last }] of truth) {
        const heard = app.hear((word): word is Drawn => word.say === 'drawn' && word.board === board)
        app.order({ do: 'settle', until: { ...until, [board]: last } })
        const drawn = await Promise.race([heard, pause(SETTLE_MS, null, { ref: false })])
        if (!drawn) problems.push(`${name}: the window on ${board} never came to event ${last}`)
        else if (drawn.drawing !== drawing) {
          problems.push(
            `${name}: the window on ${board} draws something else: ${difference(drawing, drawn.drawing)}`,
          )
        }
      }
    }
    return problems
  }

  async #figures(done: number): Promise<Record<string, number>> {
    const { rows } = await this.#database.pool.query('SELECT count(*)::int AS count FROM board_events')
    const refused = Object.fromEntries(
      [...this.#ledger.refused].map(([code, count]) => [`refused ${code}`, count]),
    )
    return {
      'changes done': this.#ledger.done.length,
      'changes a second': Math.round((done / this.#options.seconds) * 10) / 10,
      ...refused,
      'left out, since too many were under way': this.#ledger.skipped,
      'events in the database': rows[0]?.count ?? 0,
      'events heard': this.#ledger.hearings.reduce((sum, { ids }) => sum + ids.length, 0),
      'windows and readers': this.#ledger.hearings.length,
      'apps killed': this.#kills.app,
      'servers killed': this.#kills.server,
    }
  }
}

type Victim = 'app' | 'server'
type StartWord = Extract<Word, { say: 'ready' | 'not started' }>
type Drawn = Extract<Word, { say: 'drawn' }>

/** The first lines that differ. */
function difference(wanted: string, found: string): string {
  const [left, right] = [wanted.split('\n'), found.split('\n')]
  const at = left.findIndex((line, index) => line !== right[index])
  return `line ${at}: ${JSON.stringify(left.slice(at, at + 3))} in the database, ${JSON.stringify(right.slice(at, at + 3))} in the window`
}
