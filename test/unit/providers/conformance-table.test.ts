import path from 'node:path'
import { expect, it } from 'vitest'
import { drawConformance } from '../../helpers/conformance-table.ts'

it('the page on providers is drawn from the cases that the suite plays', async () => {
  await expect(drawConformance()).toMatchFileSnapshot(path.resolve('docs/providers.md'))
})
