/** Lists that do not keep to their own paging, on every provider and both faces. */
import { runTable } from './support/runTable';
import { pagingFaults } from './tables/pagingFaults';

runTable(pagingFaults);
