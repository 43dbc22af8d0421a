// Which of our types stand behind which of the graph's, for the generated resolver types.
module.exports = {
	contextType: '../context#GraphContext',
	avoidOptionals: { field: true },
	inputMaybeValue: 'T | null | undefined',
	immutableTypes: true,
	scalars: {
		ID: 'string',
		Decimal: '../../providers/model/decimal#Decimal',
		LocalDate: '../../providers/model/dates#CalendarDate',
		DateTimeISO: '../../providers/model/dates#Instant',
		Currency: '../../providers/model/money#CurrencyCode',
		JSONObject: '../../providers/model/json#JsonObject',
	},
	mappers: {
		Bill: '../../providers/model/bill#Bill as BillModel',
		BillDocument: '../../providers/model/document#BillDocument as BillDocumentModel',
		BillingAccount: '../knownAccount#KnownAccount',
		Capabilities: '../../providers/capabilities#Capabilities as CapabilitiesModel',
		ConnectionHealth: '../guard/connectionGuard#ConnectionHealth as ConnectionHealthModel',
		Characteristic: '../../providers/model/rate#Characteristic as CharacteristicModel',
		Period: '../../providers/model/period#Period as PeriodModel',
		ProviderConnection: '../providerConnections#ProviderConnection as ConfiguredConnection',
		Rate: '../../providers/model/rate#Rate as RateModel',
		SourceStatus: '../connections/source#SourceReport',
	},
};
