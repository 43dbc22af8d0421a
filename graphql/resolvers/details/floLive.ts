/** What floLIVE gives besides: instants of which the bill itself has the days. */
import type { Bill } from '../../../providers/model/bill';
import { RecordReader } from '../../../providers/tmf678/recordReader';
import type { FloLiveBillDetails } from '../../generated/resolverTypes';

export function floLiveDetails({
	identity,
	raw,
}: Bill): FloLiveBillDetails & { readonly __typename: 'FloLiveBillDetails' } {
	const reader = RecordReader.of(raw);
	return {
		__typename: 'FloLiveBillDetails',
		customerId: identity.scope,
		creationTime: reader.instant('creationTime'),
		// Named so in the document's table, and so in its example.
		billingCycleStart: reader.instant('billingCycleStartTime', 'billingCycleStartDate'),
		billingCycleEnd: reader.instant('billingCycleEndTime', 'billingCycleEndDate'),
	};
}
