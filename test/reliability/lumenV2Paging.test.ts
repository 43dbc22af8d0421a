/** Lists of Lumen's API v2 that do not keep to their paging, on both faces. */
import { runTable } from './support/runTable';
import { lumenV2Paging } from './tables/lumenV2Paging';

runTable(lumenV2Paging);
