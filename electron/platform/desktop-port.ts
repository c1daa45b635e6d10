/** What the desktop offers to services; the terminal command and tests give another one. */
export interface Desktop {
  /** The folder that the person picked, or null when they cancelled. */
  pickFolder(title: string): Promise<string | null>
  /** Opens a folder or file in the system's own program. */
  openPath(path: string): Promise<void>
  /** Whether secrets can be encrypted here, and how. */
  secrets: {
    isAvailable(): boolean
    encrypt(text: string): Buffer
    decrypt(data: Buffer): string
  }
}
