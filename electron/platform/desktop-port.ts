/** Files by their endings, without the dot. */
export interface FileType {
  name: string
  extensions: string[]
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
  /** Opens a folder or file in the system's own program. */
  openPath(path: string): Promise<void>
  /** Whether secrets can be encrypted here, and how. */
  secrets: {
    isAvailable(): boolean
    encrypt(text: string): Buffer
    decrypt(data: Buffer): string
  }
}
