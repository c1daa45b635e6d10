import path from 'node:path'
import { app, BrowserWindow, ipcMain } from 'electron'
import pg from 'pg'

// The floor: what this stack can do on this machine. A committed row is heard by LISTEN, read, sent and drawn; no board,
// no router, no log. The board is measured against it in the same run.

if (process.env.RANGERS_DATA_DIR) app.setPath('userData', process.env.RANGERS_DATA_DIR)
const connectionString = process.env.DATABASE_URL
const [reader, listener] = [new pg.Client({ connectionString }), new pg.Client({ connectionString })]

void app.whenReady().then(async () => {
  await Promise.all([reader.connect(), listener.connect()])
  ipcMain.handle('cards', async () => {
    const { rows } = await reader.query('SELECT id, list, title FROM floor_cards ORDER BY id')
    return rows
  })
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { preload: path.join(import.meta.dirname, 'preload.cjs') },
  })
  listener.on('notification', ({ payload }) => void tell(window, Number(payload)))
  await listener.query('LISTEN floor')
  await window.loadFile(path.join(import.meta.dirname, 'renderer/index.html'))
})
app.on('window-all-closed', () => {
  void Promise.all([reader.end(), listener.end()]).then(() => app.quit())
})

async function tell(window: BrowserWindow, id: number): Promise<void> {
  const { rows } = await reader.query('SELECT id, list, title FROM floor_cards WHERE id = $1', [id])
  if (!window.isDestroyed()) window.webContents.send('card', rows[0])
}
