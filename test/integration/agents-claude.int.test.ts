import { SDK_PACKAGE } from '#electron/providers/claude-agent/find-sdk.ts'
import { claudeAgent } from '../helpers/conformance-subjects.ts'
import { testConformance } from '../helpers/conformance-suite.ts'
import { modulesOf } from '../helpers/test-agents.ts'

// `npm run test:agents` installs the SDK outside the repository and runs this.
const modules = modulesOf(SDK_PACKAGE)
testConformance(claudeAgent(modules ?? ''), modules !== null)
