import type { BoardId, TaskId } from '#shared/ids.ts'

/** Files by their endings, without the dot. */
export interface FileType {
  name: string
  extensions: string[]
}

/** What a notice is about. */
export interface NoticePlace {
  board_id: BoardId
  task_id: TaskId | null
}

/** The system's own notices, outside of the app's windows. */
export interface DesktopNotices {
  /** Clicking it brings a window on the place, or without one on the inbox, to the front. */
  show(notice: { title: string; body: string; place: NoticePlace | null }): void
  /** The number at the app's icon; 0: none. */
  badge(count: number): void
  /** Whether the person looks at a card at this moment. */
  isInView(taskId: TaskId): boolean
}

/** What the desktop offers to services; the terminal command and tests give another one. */
export interface Desktop {
  /** The folder that the person picked, or null when they cancelled. */
  pickFolder(title: string): Promise<string | null>
  /** The file that the person picked, or null when they cancelled. */
  pickFile(options: { title: string; types: FileType[] }): Promise<string | null>
  /** Where the person wants a file to be written, or null when they cancelled. */
  pickSavePath(options: { title: string; fileName: string; types: FileType[] }): Promise<string | null>
  /** Shows a file in the system's file manager. */
  showInFolder(path: string): Promise<void>
  /** Opens a folder or file in the system's own program; UnavailableError when none did. */
  openPath(path: string): Promise<void>
  /** Puts a text on the clipboard of the system. */
  copyText(text: string): Promise<void>
  /** Null where there is nobody to be shown anything. */
  notices: DesktopNotices | null
  /** Whether secrets can be encrypted here, and how. */
  secrets: {
    isAvailable(): boolean
    encrypt(text: string): Buffer
    decrypt(data: Buffer): string
  }
}
