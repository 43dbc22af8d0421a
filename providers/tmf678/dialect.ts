/** What differs between TMF678 servers, as data: the standard is one dialect, Oracle BRM another. */
import type { Capabilities } from '../capabilities';
import type { ConnectorSettings } from '../connector';
import type { BillState } from '../model/billWords';
import type { Provider } from '../model/identity';
import type { ParameterTable } from './parameters';
import type { HintsByStatus } from './refusal';

export interface DialectParameters {
	readonly bills: ParameterTable;
	readonly billById: ParameterTable;
	readonly rates: ParameterTable;
	readonly rateById: ParameterTable;
	readonly billsOnDemand: ParameterTable;
	readonly billOnDemandById: ParameterTable;
}

export interface Tmf678Dialect {
	readonly provider: Extract<Provider, 'TMF678' | 'ORACLE_BRM'>;
	/** Its filters that are PUSHED_DOWN or PARTLY_PUSHED_DOWN are the ones that are sent. */
	readonly capabilities: Capabilities;
	readonly parameters: DialectParameters;
	/** The words of the states that the `state` filter accepts. */
	readonly filterableStates: Readonly<Partial<Record<BillState, string>>>;
	/** The one documented state besides, which it does not accept; null where bills may be in any other. */
	readonly otherState: BillState | null;
	/** Whether an exact filter that was sent is believed; otherwise its condition is checked here as well. */
	readonly filtersAreDocumented: boolean;
	/** Whether every bill has its bill date and due date, so that none is lost to a bound on them. */
	readonly datesAreRequired: boolean;
	/** `@type` of an on-demand request with a billing cycle; null where there is no such extension. */
	readonly onDemandCycleType: string | null;
	/** `@type` to ask for; the server's own choice where there is none. */
	readonly types: { readonly bill?: string; readonly rate?: string; readonly 'bill on demand'?: string };
	readonly hints: HintsByStatus;
}

/** Settings that every TMF678 server shares. */
export interface TmfSettings extends ConnectorSettings {
	/** Rows asked for at a time, sent as `limit`; 100 where absent. */
	readonly pageSize?: number | undefined;
	/** Whether the end day of a period still counts. No document says; absent: not known. */
	readonly periodEndCounts?: boolean | undefined;
	/** Send `+` in ids of a query bare, for servers that do not decode `%2B` there. */
	readonly rawPlusInIds?: boolean | undefined;
	/** Whether documents may be fetched over plain http, for test systems. */
	readonly allowHttp?: boolean | undefined;
}

export const DEFAULT_PAGE_SIZE = 100;
