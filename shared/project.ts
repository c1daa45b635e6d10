import { z } from 'zod'
import { ProjectId } from './ids.ts'

/** A folder or git repository on this machine. */
export const Project = z.object({
  id: ProjectId,
  name: z.string(),
  /** Absolute, symlinks resolved. */
  path: z.string(),
  is_repository: z.boolean(),
  /** The command that tells whether the project is sound; run by agents on request and shown to the person. */
  check_command: z.string().nullable(),
  /** Prepares a new workspace: installs dependencies, say. */
  setup_command: z.string().nullable().default(null),
  lint_command: z.string().nullable().default(null),
  /** Starts the project, for a person to try a result. */
  run_command: z.string().nullable().default(null),
  is_sample: z.boolean(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type Project = z.infer<typeof Project>

/** At most so many characters. */
export const LONGEST_COMMAND = 1000

const command = z.string().trim().min(1).max(LONGEST_COMMAND, 'At most 1,000 characters.')

export const OpenProject = z.strictObject({ path: z.string().min(1, 'Choose a folder.').max(4096) })
export type OpenProject = z.infer<typeof OpenProject>

export const UpdateProject = z.strictObject({
  id: ProjectId,
  name: z.string().trim().min(1).max(255).optional(),
  check_command: command.nullable().optional(),
  setup_command: command.nullable().optional(),
  lint_command: command.nullable().optional(),
  run_command: command.nullable().optional(),
})
export type UpdateProject = z.infer<typeof UpdateProject>

/** What the app runs in workspaces; null: nothing. */
export const ProjectCommands = Project.pick({
  setup_command: true,
  lint_command: true,
  check_command: true,
  run_command: true,
})
export type ProjectCommands = z.infer<typeof ProjectCommands>

/** What the app found in a folder before it is opened; nothing is written by looking. */
export const FolderReport = z.object({
  path: z.string(),
  kind: z.enum(['repository', 'empty_repository', 'plain_folder']),
  /** Null when HEAD is detached or the folder is no repository. */
  branch: z.string().nullable(),
  uncommitted_files: z.number().int(),
  /** Found in the project's own files; only a proposal until the person accepts it. */
  proposed: ProjectCommands,
})
export type FolderReport = z.infer<typeof FolderReport>

/** Where a project's folder is on this computer; a shared database knows that of the computer that opened it first. */
export const ProjectPlace = z.discriminatedUnion('state', [
  z.object({ state: z.literal('here'), path: z.string() }),
  /** No such folder here, or another repository than the one that agents have worked on. */
  z.object({ state: z.literal('elsewhere'), path: z.string(), message: z.string() }),
])
export type ProjectPlace = z.infer<typeof ProjectPlace>

export const LocateProject = z.strictObject({ id: ProjectId, path: OpenProject.shape.path })
export type LocateProject = z.infer<typeof LocateProject>
