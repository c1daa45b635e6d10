import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { addCards, makeBoard, toast } from './fixtures/board.ts'
import { card, dataFolderOf, expect, test } from './fixtures/rangers.ts'

/** Lets go of a file over the card, or pastes it, as a person does. */
async function give(
  page: Page,
  how: 'drop' | 'paste',
  file: { name: string; type: string; base64?: string; size?: number },
) {
  const target = how === 'drop' ? '[aria-label="Card"]' : 'textarea:focus'
  await page.locator(target).evaluate(
    (element, { how, file }) => {
      const bytes = file.base64
        ? Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0))
        : new Uint8Array(file.size ?? 0)
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([bytes], file.name, { type: file.type }))
      const init = { bubbles: true, cancelable: true }
      if (how === 'paste') {
        element.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: dataTransfer }))
        return
      }
      for (const type of ['dragover', 'drop']) {
        element.dispatchEvent(new DragEvent(type, { ...init, dataTransfer }))
      }
    },
    { how, file },
  )
}

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

test('attachments: dropped and pasted, seen and drawn in a text, deleted and brought back; too large and missing ones say so', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Shop')
  await addCards(page, 'Backlog', ['Files'])
  await card(page, 'Files').click()
  const files = page.getByRole('region', { name: 'Attachments' })
  const loaded = (image: Locator) =>
    expect.poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(1)

  await expect(page.getByRole('button', { name: 'Attach a file' })).toBeVisible()
  await give(page, 'drop', { name: '../plan.png', type: 'image/png', base64: PIXEL })
  await expect(files.getByRole('listitem')).toContainText('plan.png')
  await loaded(files.locator('img'))

  await page.getByRole('button', { name: 'Add a description…' }).click()
  await page.getByRole('textbox', { name: 'Description', exact: true }).fill('Look: ')
  await give(page, 'paste', { name: 'pasted.png', type: 'image/png', base64: PIXEL })
  await expect(page.getByRole('textbox', { name: 'Description', exact: true })).toHaveValue(
    /^Look: !\[pasted\.png\]\(attachment:[0-9a-f-]{36}\)$/,
  )
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const drawn = page.getByRole('img', { name: 'pasted.png' })
  await loaded(drawn)

  await give(page, 'drop', { name: 'film.mov', type: 'video/quicktime', size: 26 * 1024 * 1024 })
  await expect(files.getByRole('alert')).toHaveText('It has 27.3 MB. At most 25 MB can be attached.')
  await files.getByRole('button', { name: 'Dismiss film.mov' }).click()
  await expect(files.getByRole('listitem')).toHaveCount(2)

  await files.getByRole('button', { name: 'Options of plan.png' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(files.getByRole('listitem')).toHaveCount(1)
  await toast(page, 'File deleted').getByRole('button', { name: 'Undo' }).click()
  await expect(files.getByRole('listitem')).toHaveCount(2)

  await rm(path.join(dataFolderOf(folder), 'attachments'), { recursive: true })
  await page.reload()
  await expect(page.getByText('The file of “pasted.png” is not in this app’s data folder.')).toBeVisible()
})
