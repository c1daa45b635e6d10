import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { build, normalizePath, type Plugin, type Rolldown } from 'vite'

// One build runs on the oldest runtime in use (Electron 33: Node 20.18, Chrome 130) and on today's.
const node = 'node20.18'
const chrome = 'chrome130'

const shared = normalizePath(resolve('shared'))

/** npm start builds into a folder beside out/ and swaps them when all is well. */
const out = resolve(process.env.RANGERS_BUILD_FOLDER ?? 'out')

/** The licences of what is built in; whoever gives the app away gives them along. */
const license = { fileName: 'licenses.md' }

/** Programs built for Node, each to out/main/<name>.js. */
const programs = {
  main: 'electron/main.ts',
  rangers: 'electron/terminal/main.ts',
  database: 'electron/terminal/database.ts',
  watchdog: 'db/embedded/watchdog.ts',
}

const present = Object.fromEntries(
  Object.entries(programs)
    .map(([name, file]) => [name, resolve(file)] as const)
    .filter(([, file]) => existsSync(file)),
)

/**
 * What is behind the window is one script of its own, with all it needs but Electron: V8 keeps what it has compiled of a
 * script from start to start, of modules it cannot (electron/cached-script.ts).
 */
const escapeOf = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`

const plainLetters: Plugin = {
  name: 'plain-letters',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = file.code.replace(/[^\0-\x7f]/g, escapeOf)
    }
  },
}

const behindWindow: Plugin = {
  name: 'behind-window',
  async closeBundle() {
    await build({
      configFile: false,
      logLevel: 'warn',
      plugins: [plainLetters],
      ssr: { noExternal: true, external: ['electron', 'drizzle-kit'] },
      build: {
        ssr: 'electron/behind-window.ts',
        target: node,
        outDir: join(out, 'main'),
        emptyOutDir: false,
        license: { fileName: 'behind-licenses.md' },
        sourcemap: true,
        minify: false,
        rolldownOptions: {
          external: ['pg-native'], // pg does without
          output: {
            format: 'cjs',
            comments: false,
            entryFileNames: 'behind-window.cjs',
            chunkFileNames: 'chunks/[name]-[hash].cjs',
          },
        },
      },
    })
  },
}

/** What the texts of the app are written in. */
const FIRST_FONT = /inter-latin-wght-normal-[^/]+\.woff2$/

/** The app's code is fetched while the frame of the window is painted, before main.tsx asks for it. */
const preloadApp: Plugin = {
  name: 'preload-app',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      const files = Object.values(bundle ?? {})
      const app = files.find((file) => file.name === 'app' && file.type === 'chunk')
      if (app?.type !== 'chunk') return []
      const code = [app.fileName, ...app.imports].filter((file) => !html.includes(file))
      const styles = [...(app.viteMetadata?.importedCss ?? [])]
      const fonts = files.flatMap(({ fileName }) => (FIRST_FONT.test(fileName) ? fileName : []))
      return [
        ...code.map((file) => linkTo(file, { rel: 'modulepreload' })),
        ...styles.map((file) => linkTo(file, { rel: 'preload', as: 'style' })),
        ...fonts.map((file) => linkTo(file, { rel: 'preload', as: 'font', type: 'font/woff2' })),
      ]
    },
  },
}

function linkTo(file: string, attrs: Record<string, string>) {
  return { tag: 'link', attrs: { ...attrs, crossorigin: true, href: `./${file}` }, injectTo: 'head' as const }
}

/**
 * What a window begins with is in two files: the code of its first paint, and the app's. Each further one would be asked for
 * on its own, through the same thread that reads the code behind the window.
 */
const firstFiles = () => [fileOf('first', 'renderer/main.tsx', 2), fileOf('app', 'renderer/app/mount.tsx', 1)]

function fileOf(name: string, file: string, priority: number) {
  const nameOf = (id: string, context: Rolldown.ChunkingContext) =>
    isNeededBy(file, id, context) ? name : null
  return { name: nameOf, priority }
}

const needed = new Map<string, Set<string>>()

/** Whether the module is the file or one that it imports, by other modules or itself, before it runs. */
function isNeededBy(file: string, id: string, context: Rolldown.ChunkingContext): boolean {
  let ids = needed.get(file)
  if (!ids) {
    ids = new Set([resolve(file)])
    for (const one of ids) for (const other of context.getModuleInfo(one)?.importedIds ?? []) ids.add(other)
    needed.set(file, ids)
  }
  return ids.has(id)
}

type Statement = ReturnType<Rolldown.PluginContext['parse']>['body'][number]

/**
 * The page uses a third of the schemas in shared/, and would make them all before anything is drawn: a bundler cannot know that
 * `z.object()` does nothing else. What shared/ makes by calling something is told to be pure, so that what nobody asks for
 * is left out.
 */
const unusedSchemas: Plugin = {
  name: 'unused-schemas',
  enforce: 'pre',
  transform: {
    filter: { id: /\.ts$/ },
    handler(code, id) {
      if (!normalizePath(id).startsWith(`${shared}/`)) return null
      const calls = this.parse(code, { lang: 'ts' }).body.flatMap(callsOf)
      let text = code
      for (const { start, end } of calls.toReversed()) {
        text = `${text.slice(0, start)}/*#__PURE__*/ (() => (${text.slice(start, end)}))()${text.slice(end)}`
      }
      return { code: text, map: null }
    },
  },
}

/** Where the statement makes constants by calling something. */
function callsOf(statement: Statement): { start: number; end: number }[] {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  if (declared?.type !== 'VariableDeclaration' || declared.kind !== 'const') return []
  return declared.declarations.flatMap(({ init }) => (init?.type === 'CallExpression' ? [init] : []))
}

export default defineConfig({
  main: {
    plugins: [behindWindow],
    build: {
      target: node,
      externalizeDeps: { include: ['drizzle-kit'] }, // only `npm run db -- make` and `check` load it
      outDir: join(out, 'main'),
      license,
      emptyOutDir: true,
      sourcemap: true,
      rolldownOptions: {
        input: present,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: node,
      outDir: join(out, 'preload'),
      emptyOutDir: true,
      rolldownOptions: {
        input: { preload: resolve('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }, // a sandboxed preload cannot be ESM
      },
    },
  },
  renderer: {
    root: 'renderer',
    build: {
      target: chrome,
      minify: true,
      outDir: join(out, 'renderer'),
      license,
      emptyOutDir: true,
      rolldownOptions: {
        input: { index: resolve('renderer/index.html') },
        output: { codeSplitting: { groups: firstFiles() } },
      },
    },
    plugins: [react(), preloadApp, unusedSchemas],
  },
})
