import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'vite'

/** TypeScript entries built for plain Node, as the product's own programs are. */
export interface BuiltPrograms<Name extends string> extends AsyncDisposable {
  path: Record<Name, string>
  remove(): Promise<void>
}

/**
 * Builds each entry to a folder of its own within the project, where its packages are found; or, with `parent`, to one
 * that needs no packages and can be anywhere.
 */
export async function buildPrograms<Name extends string>(
  entries: Record<Name, string>,
  parent?: string,
): Promise<BuiltPrograms<Name>> {
  await mkdir('.cache', { recursive: true })
  const outDir = await mkdtemp(resolve(parent ?? '.cache', 'test-programs-'))
  await chmod(outDir, 0o755) // some tests run the programs as another user
  const remove = () => rm(outDir, { recursive: true, force: true })
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: parent === undefined ? [] : true },
    build: {
      ssr: true,
      outDir,
      target: 'node20.18',
      rolldownOptions: { input: entries, output: { format: 'es', entryFileNames: '[name].mjs' } },
    },
  })
  const names = Object.keys(entries) as Name[]
  const path = Object.fromEntries(names.map((name) => [name, join(outDir, `${name}.mjs`)])) as Record<
    Name,
    string
  >
  return { path, remove, [Symbol.asyncDispose]: remove }
}
