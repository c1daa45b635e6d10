import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'

const Names = z.record(z.string(), z.string()).optional()
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ resolved: z.string().optional(), dependencies: Names, optionalDependencies: Names }),
  ),
})
type Lock = z.infer<typeof Lock>

/** The folders in which Node looks for a package, from that of the one that asks up to the root. */
function whereFound(folder: string, name: string): string[] {
  const own = `${folder && `${folder}/`}node_modules/${name}`
  if (!folder) return [own]
  return [own, ...whereFound(folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/'))), name)]
}

// Written where a registry lacks the packages of other platforms, npm leaves them out, and `npm ci` refuses the file everywhere.
it('package-lock.json holds every package that another one names, whatever its platform, and no address', async () => {
  const { packages }: Lock = Lock.parse(JSON.parse(await readFile('package-lock.json', 'utf8')))
  const missing = Object.entries(packages).flatMap(([folder, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !whereFound(folder, name).some((place) => packages[place]))
      .map((name) => `${name} of ${folder}`),
  )
  expect(missing).toEqual([])
  expect(Object.keys(packages).filter((folder) => packages[folder]?.resolved)).toEqual([])
})
