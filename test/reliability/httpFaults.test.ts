/** Answers that fail, on every provider and both faces. */
import { runTable } from './support/runTable';
import { httpFaults } from './tables/httpFaults';

runTable(httpFaults);
