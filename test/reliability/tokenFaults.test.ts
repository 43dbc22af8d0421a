/** Tokens that end too soon, and token servers in trouble, on every provider and both faces. */
import { runTable } from './support/runTable';
import { tokenFaults } from './tables/tokenFaults';

runTable(tokenFaults);
