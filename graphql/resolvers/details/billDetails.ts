/** `Bill.details`: what only the bill's own provider gives, read from its record. */
import type { Bill } from '../../../providers/model/bill';
import type { Provider } from '../../../providers/model/identity';
import type { BillDetails } from '../../generated/resolverTypes';
import { floLiveDetails } from './floLive';
import { lumenDetails } from './lumen';
import { oracleDetails, tmf678Details } from './tmf678';
import { orangeDetails } from './orangeBusiness';

/** Each names its GraphQL type in `__typename`, by which the union is resolved. */
export type TypedDetails = BillDetails & { readonly __typename: string };

const DETAILS: Readonly<Record<Provider, (bill: Bill) => TypedDetails>> = {
	LUMEN: lumenDetails,
	ORACLE_BRM: oracleDetails,
	TMF678: tmf678Details,
	FLOLIVE: floLiveDetails,
	ORANGE_BUSINESS: orangeDetails,
};

export function billDetails(bill: Bill): TypedDetails {
	return DETAILS[bill.identity.provider](bill);
}
