import { acp, anthropic } from '../helpers/conformance-subjects.ts'
import { testConformance } from '../helpers/conformance-suite.ts'

testConformance(anthropic)
testConformance(acp('throw'))
testConformance(acp('words'))
