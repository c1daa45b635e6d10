import { LocateProject, OpenProject, UpdateProject } from '#shared/project.ts'
import * as projects from '../services/projects.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const projectsRouter = router({
  list: procedure.query(({ ctx }) => projects.listProjects(ctx)),
  /** The folder that the person picks in the system's dialog; null when they cancel. */
  pickFolder: procedure.mutation(({ ctx }) => projects.pickFolder(ctx)),
  /** What is in a folder; nothing is written. */
  inspect: procedure
    .input(OpenProject)
    .query(({ input, signal }) => projects.inspect(input.path, signalOf(signal))),
  /** The project of a folder and its board; both are made when they are new. */
  open: procedure
    .input(OpenProject)
    .mutation(({ ctx, input, signal }) => projects.openProject(ctx, input, signalOf(signal))),
  /** Whether its folder is on this computer, and where. */
  place: procedure
    .input(LocateProject.pick({ id: true }))
    .query(({ ctx, input, signal }) => projects.getPlace(ctx, input.id, signalOf(signal))),
  /** Says where its folder is on this computer: of a clone, or of a repository that was moved. */
  locate: procedure
    .input(LocateProject)
    .mutation(({ ctx, input, signal }) => projects.locate(ctx, input, signalOf(signal))),
  update: procedure.input(UpdateProject).mutation(({ ctx, input }) => projects.updateProject(ctx, input)),
  /** The sample: a small repository with a failing test, and a board with cards. */
  openSample: procedure.mutation(({ ctx, signal }) => projects.openSample(ctx, signalOf(signal))),
})
