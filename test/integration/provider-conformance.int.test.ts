import { acp, anthropic, scripted } from '../helpers/conformance-subjects.ts'
import { testConformance } from '../helpers/conformance-suite.ts'

// The Claude Agent SDK is not ours to ship: agents-claude.int.test.ts puts it to the same suite where it is installed.
testConformance(anthropic)
testConformance(acp('throw'))
testConformance(acp('words'))
testConformance(scripted)
