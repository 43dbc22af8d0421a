/** Bills that are written otherwise than the documents say, on every provider and both faces. */
import { runTable } from './support/runTable';
import { recordFaults } from './tables/recordFaults';

runTable(recordFaults);
