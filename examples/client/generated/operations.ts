// Generated from graphql/schema and examples/queries by `gulp clientTypes`.

/** What each operation takes and gives. */
export interface Operations {
	readonly Accounts: {
		readonly variables: {
			readonly after?: string | null;
		};
		readonly data: {
			readonly billingAccounts: {
				readonly nodes: readonly ({
					readonly id: string;
					readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS';
					readonly name: string | null;
					readonly number: string | null;
					readonly remoteId: string;
					readonly bills: {
						readonly nodes: readonly ({
							readonly number: string | null;
							readonly billDate: string | null;
							readonly total: {
								readonly amount: string;
								readonly currency: string | null;
							} | null;
						})[];
					} | null;
				})[];
				readonly pageInfo: {
					readonly hasNextPage: boolean;
					readonly endCursor: string | null;
				};
			};
		};
	};
	readonly BillCounts: {
		readonly variables: {
			readonly groupBy?: 'PROVIDER' | 'CONNECTION' | 'ACCOUNT' | 'MONTH' | 'TYPE' | 'STATE' | 'CATEGORY' | 'PAYMENT_STATUS' | 'CURRENCY';
			readonly filter?: {
				readonly providers?: readonly ('LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS')[] | null;
				readonly connections?: readonly (string)[] | null;
				readonly accounts?: readonly (string)[] | null;
				readonly ids?: readonly (string)[] | null;
				readonly numbers?: readonly (string)[] | null;
				readonly numberLike?: string | null;
				readonly types?: readonly ('INVOICE' | 'CREDIT_NOTE' | 'DEBIT_NOTE' | 'OTHER' | 'UNKNOWN')[] | null;
				readonly states?: readonly ('NEW' | 'IN_PROGRESS' | 'ON_HOLD' | 'VALIDATED' | 'SENT' | 'PARTIALLY_PAID' | 'SETTLED' | 'VOIDED' | 'UNKNOWN' | 'NOT_REPORTED')[] | null;
				readonly categories?: readonly (string)[] | null;
				readonly billDate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly dueDate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly periodStart?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly periodEnd?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly lastUpdate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly amountDue?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly remaining?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly total?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
			} | null;
		};
		readonly data: {
			readonly billCounts: readonly ({
				readonly connection: {
					readonly id: string;
				};
				readonly key: string | null;
				readonly bills: number | null;
				readonly method: 'NATIVE' | 'COUNTED';
			})[];
		};
	};
	readonly BillsDue: {
		readonly variables: {
			readonly due?: {
				readonly from?: string | null;
				readonly to?: string | null;
			} | null;
		};
		readonly data: {
			readonly bills: {
				readonly nodes: readonly ({
					readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS';
					readonly number: string | null;
					readonly dueDate: string | null;
					readonly paymentStatus: 'UNPAID' | 'PARTIAL' | 'PAID' | 'OVERPAID' | 'NOT_REPORTED';
					readonly remaining: {
						readonly amount: string;
						readonly currency: string | null;
					} | null;
					readonly amountDue: {
						readonly amount: string;
						readonly currency: string | null;
					} | null;
				})[];
				readonly sources: readonly ({
					readonly connection: {
						readonly id: string;
					};
					readonly state: 'OK' | 'INTERRUPTED' | 'FAILED' | 'SKIPPED';
					readonly notices: readonly (string)[];
				})[];
			};
		};
	};
	readonly ChangedBills: {
		readonly variables: {
			readonly changed?: {
				readonly from?: string | null;
				readonly to?: string | null;
			} | null;
			readonly after?: string | null;
		};
		readonly data: {
			readonly bills: {
				readonly nodes: readonly ({
					readonly id: string;
					readonly lastUpdate: string | null;
					readonly state: 'NEW' | 'IN_PROGRESS' | 'ON_HOLD' | 'VALIDATED' | 'SENT' | 'PARTIALLY_PAID' | 'SETTLED' | 'VOIDED' | 'UNKNOWN' | 'NOT_REPORTED';
					readonly contentHash: string;
				})[];
				readonly pageInfo: {
					readonly hasNextPage: boolean;
					readonly endCursor: string | null;
				};
				readonly sources: readonly ({
					readonly connection: {
						readonly id: string;
					};
					readonly state: 'OK' | 'INTERRUPTED' | 'FAILED' | 'SKIPPED';
					readonly error: {
						readonly message: string;
					} | null;
				})[];
			};
		};
	};
	readonly Charges: {
		readonly variables: {
			readonly first?: number | null;
		};
		readonly data: {
			readonly bills: {
				readonly nodes: readonly ({
					readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS';
					readonly number: string | null;
					readonly rates: {
						readonly totalCount: number | null;
						readonly complete: boolean;
						readonly nodes: readonly ({
							readonly description: string | null;
							readonly type: 'RECURRING' | 'ONE_TIME' | 'USAGE' | 'CREDIT' | 'PENALTY' | 'OTHER' | 'UNKNOWN';
							readonly net: {
								readonly amount: string;
								readonly currency: string | null;
							} | null;
						})[];
					} | null;
				})[];
			};
			readonly rateLimit: {
				readonly cost: number;
				readonly remaining: number;
			};
		};
	};
	readonly CreditNotes: {
		readonly variables: {
			readonly dated?: {
				readonly from?: string | null;
				readonly to?: string | null;
			} | null;
		};
		readonly data: {
			readonly bills: {
				readonly nodes: readonly ({
					readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS';
					readonly number: string | null;
					readonly billDate: string | null;
					readonly references: string | null;
					readonly signPolicy: 'AS_REPORTED' | 'FLIPPED' | 'SIGN_AMBIGUOUS';
					readonly total: {
						readonly amount: string;
						readonly currency: string | null;
					} | null;
				})[];
			};
		};
	};
	readonly Files: {
		readonly variables: {
			readonly first?: number | null;
		};
		readonly data: {
			readonly bills: {
				readonly nodes: readonly ({
					readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS';
					readonly number: string | null;
					readonly documents: readonly ({
						readonly name: string | null;
						readonly mediaType: string | null;
						readonly size: number | null;
						readonly path: string;
					})[] | null;
				})[];
			};
		};
	};
	readonly LargestBills: {
		readonly variables: {
			readonly atLeast?: string | null;
		};
		readonly data: {
			readonly bills: {
				readonly nodes: readonly ({
					readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS';
					readonly number: string | null;
					readonly billDate: string | null;
					readonly total: {
						readonly amount: string;
						readonly currency: string | null;
					} | null;
				})[];
				readonly totalCount: number | null;
			};
		};
	};
	readonly NewestBills: {
		readonly variables: {
			readonly first?: number | null;
			readonly after?: string | null;
			readonly filter?: {
				readonly providers?: readonly ('LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS')[] | null;
				readonly connections?: readonly (string)[] | null;
				readonly accounts?: readonly (string)[] | null;
				readonly ids?: readonly (string)[] | null;
				readonly numbers?: readonly (string)[] | null;
				readonly numberLike?: string | null;
				readonly types?: readonly ('INVOICE' | 'CREDIT_NOTE' | 'DEBIT_NOTE' | 'OTHER' | 'UNKNOWN')[] | null;
				readonly states?: readonly ('NEW' | 'IN_PROGRESS' | 'ON_HOLD' | 'VALIDATED' | 'SENT' | 'PARTIALLY_PAID' | 'SETTLED' | 'VOIDED' | 'UNKNOWN' | 'NOT_REPORTED')[] | null;
				readonly categories?: readonly (string)[] | null;
				readonly billDate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly dueDate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly periodStart?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly periodEnd?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly lastUpdate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly amountDue?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly remaining?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly total?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
			} | null;
		};
		readonly data: {
			readonly bills: {
				readonly nodes: readonly ({
					readonly id: string;
					readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS';
					readonly number: string | null;
					readonly billDate: string | null;
					readonly total: {
						readonly amount: string;
						readonly currency: string | null;
					} | null;
					readonly billingAccount: {
						readonly name: string | null;
						readonly remoteId: string;
					} | null;
				})[];
				readonly pageInfo: {
					readonly hasNextPage: boolean;
					readonly endCursor: string | null;
				};
				readonly totalCount: number | null;
				readonly sources: readonly ({
					readonly connection: {
						readonly id: string;
					};
					readonly state: 'OK' | 'INTERRUPTED' | 'FAILED' | 'SKIPPED';
					readonly complete: boolean;
					readonly error: {
						readonly kind: 'AUTH' | 'FORBIDDEN' | 'NOT_FOUND' | 'INVALID_REQUEST' | 'CONFLICT' | 'RATE_LIMITED' | 'TOO_LARGE' | 'NOT_OFFERED' | 'TIMEOUT' | 'UNAVAILABLE' | 'PROTOCOL';
						readonly message: string;
						readonly retryable: boolean;
					} | null;
				})[];
			};
		};
	};
	readonly OneBill: {
		readonly variables: {
			readonly id: string;
		};
		readonly data: {
			readonly bill: {
				readonly number: string | null;
				readonly type: 'INVOICE' | 'CREDIT_NOTE' | 'DEBIT_NOTE' | 'OTHER' | 'UNKNOWN';
				readonly state: 'NEW' | 'IN_PROGRESS' | 'ON_HOLD' | 'VALIDATED' | 'SENT' | 'PARTIALLY_PAID' | 'SETTLED' | 'VOIDED' | 'UNKNOWN' | 'NOT_REPORTED';
				readonly paymentStatus: 'UNPAID' | 'PARTIAL' | 'PAID' | 'OVERPAID' | 'NOT_REPORTED';
				readonly billDate: string | null;
				readonly dueDate: string | null;
				readonly period: {
					readonly start: string | null;
					readonly endExclusive: string | null;
				} | null;
				readonly net: {
					readonly amount: string;
					readonly currency: string | null;
				} | null;
				readonly tax: {
					readonly amount: string;
					readonly currency: string | null;
				} | null;
				readonly total: {
					readonly amount: string;
					readonly currency: string | null;
				} | null;
				readonly remaining: {
					readonly amount: string;
					readonly currency: string | null;
				} | null;
				readonly taxItems: readonly ({
					readonly category: string | null;
					readonly rate: string | null;
					readonly amount: {
						readonly amount: string;
						readonly currency: string | null;
					} | null;
				})[] | null;
				readonly payments: readonly ({
					readonly name: string | null;
					readonly applied: {
						readonly amount: string;
						readonly currency: string | null;
					} | null;
				})[] | null;
				readonly rates: {
					readonly totalCount: number | null;
					readonly nodes: readonly ({
						readonly description: string | null;
						readonly type: 'RECURRING' | 'ONE_TIME' | 'USAGE' | 'CREDIT' | 'PENALTY' | 'OTHER' | 'UNKNOWN';
						readonly net: {
							readonly amount: string;
							readonly currency: string | null;
						} | null;
					})[];
				} | null;
				readonly documents: readonly ({
					readonly name: string | null;
					readonly mediaType: string | null;
					readonly path: string;
				})[] | null;
				readonly availability: readonly ({
					readonly field: string;
					readonly availability: 'PROVIDED' | 'DERIVED' | 'ABSENT_ON_RECORD' | 'NOT_OFFERED_BY_PROVIDER' | 'NOT_FETCHED' | 'WITHHELD';
				})[];
			} | null;
		};
	};
	readonly Providers: {
		readonly variables: Readonly<Record<string, never>>;
		readonly data: {
			readonly connections: readonly ({
				readonly id: string;
				readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS';
				readonly capabilities: {
					readonly title: string;
					readonly billFields: readonly ({
						readonly field: string;
						readonly offer: 'OFFERED' | 'DERIVED' | 'NOT_OFFERED';
					})[];
					readonly rateFields: readonly ({
						readonly field: string;
						readonly offer: 'OFFERED' | 'DERIVED' | 'NOT_OFFERED';
					})[] | null;
					readonly billFilters: readonly ({
						readonly filter: string;
						readonly support: 'PUSHED_DOWN' | 'PARTLY_PUSHED_DOWN' | 'APPLIED_HERE' | 'REFUSED';
					})[];
					readonly billHistory: {
						readonly earliest: string | null;
						readonly rollingMonths: number | null;
						readonly note: string;
					} | null;
					readonly notes: readonly (string)[];
				};
			})[];
		};
	};
	readonly Reconciliation: {
		readonly variables: {
			readonly first?: number | null;
			readonly filter?: {
				readonly providers?: readonly ('LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS')[] | null;
				readonly connections?: readonly (string)[] | null;
				readonly accounts?: readonly (string)[] | null;
				readonly ids?: readonly (string)[] | null;
				readonly numbers?: readonly (string)[] | null;
				readonly numberLike?: string | null;
				readonly types?: readonly ('INVOICE' | 'CREDIT_NOTE' | 'DEBIT_NOTE' | 'OTHER' | 'UNKNOWN')[] | null;
				readonly states?: readonly ('NEW' | 'IN_PROGRESS' | 'ON_HOLD' | 'VALIDATED' | 'SENT' | 'PARTIALLY_PAID' | 'SETTLED' | 'VOIDED' | 'UNKNOWN' | 'NOT_REPORTED')[] | null;
				readonly categories?: readonly (string)[] | null;
				readonly billDate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly dueDate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly periodStart?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly periodEnd?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly lastUpdate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly amountDue?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly remaining?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly total?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
			} | null;
		};
		readonly data: {
			readonly bills: {
				readonly nodes: readonly ({
					readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS';
					readonly number: string | null;
					readonly reconciliation: {
						readonly status: 'MATCHES' | 'DIFFERS' | 'PARTLY_CHECKED' | 'NOT_CHECKABLE';
						readonly difference: string | null;
						readonly tolerance: string | null;
						readonly checks: readonly ({
							readonly name: 'NET_PLUS_TAX' | 'RATES_NET' | 'RATES_TAX' | 'RATES_TOTAL' | 'RATES_COMPLETE' | 'CURRENCY';
							readonly ok: boolean | null;
							readonly detail: string;
						})[];
					} | null;
				})[];
			};
		};
	};
	readonly Spend: {
		readonly variables: {
			readonly filter?: {
				readonly providers?: readonly ('LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS')[] | null;
				readonly connections?: readonly (string)[] | null;
				readonly accounts?: readonly (string)[] | null;
				readonly ids?: readonly (string)[] | null;
				readonly numbers?: readonly (string)[] | null;
				readonly numberLike?: string | null;
				readonly types?: readonly ('INVOICE' | 'CREDIT_NOTE' | 'DEBIT_NOTE' | 'OTHER' | 'UNKNOWN')[] | null;
				readonly states?: readonly ('NEW' | 'IN_PROGRESS' | 'ON_HOLD' | 'VALIDATED' | 'SENT' | 'PARTIALLY_PAID' | 'SETTLED' | 'VOIDED' | 'UNKNOWN' | 'NOT_REPORTED')[] | null;
				readonly categories?: readonly (string)[] | null;
				readonly billDate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly dueDate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly periodStart?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly periodEnd?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly lastUpdate?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly amountDue?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly remaining?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
				readonly total?: {
					readonly from?: string | null;
					readonly to?: string | null;
				} | null;
			} | null;
			readonly groupBy?: readonly ('PROVIDER' | 'CONNECTION' | 'ACCOUNT' | 'MONTH' | 'PRODUCT' | 'CURRENCY')[];
			readonly creditNotes?: 'NET' | 'APART' | null;
		};
		readonly data: {
			readonly spend: {
				readonly rows: readonly ({
					readonly provider: 'LUMEN' | 'ORACLE_BRM' | 'TMF678' | 'FLOLIVE' | 'ORANGE_BUSINESS' | null;
					readonly month: string | null;
					readonly currency: string | null;
					readonly documents: number;
					readonly total: {
						readonly amount: {
							readonly amount: string;
							readonly currency: string | null;
						} | null;
						readonly missing: number;
					};
				})[];
				readonly sources: readonly ({
					readonly connection: {
						readonly id: string;
					};
					readonly state: 'OK' | 'INTERRUPTED' | 'FAILED' | 'SKIPPED';
					readonly complete: boolean;
				})[];
			};
		};
	};
}

/** The operations as they are sent. */
export const TEXTS: Readonly<Record<keyof Operations, string>> = {
Accounts: `query Accounts(\$after: String) {
  billingAccounts(first: 20, after: \$after) {
    nodes {
      id
      provider
      name
      number
      remoteId
      bills(first: 3) {
        nodes {
          number
          billDate
          total {
            amount
            currency
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`,
BillCounts: `query BillCounts(\$groupBy: BillGroup! = TYPE, \$filter: BillFilter) {
  billCounts(groupBy: \$groupBy, filter: \$filter) {
    connection {
      id
    }
    key
    bills
    method
  }
}`,
BillsDue: `query BillsDue(\$due: DateRange) {
  bills(
    first: 50
    filter: {dueDate: \$due}
    orderBy: {field: DUE_DATE, direction: ASC}
  ) {
    nodes {
      provider
      number
      dueDate
      paymentStatus
      remaining {
        amount
        currency
      }
      amountDue {
        amount
        currency
      }
    }
    sources {
      connection {
        id
      }
      state
      notices
    }
  }
}`,
ChangedBills: `query ChangedBills(\$changed: InstantRange, \$after: String) {
  bills(
    first: 100
    after: \$after
    filter: {lastUpdate: \$changed}
    orderBy: {field: LAST_UPDATE, direction: DESC}
  ) {
    nodes {
      id
      lastUpdate
      state
      contentHash
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    sources {
      connection {
        id
      }
      state
      error {
        message
      }
    }
  }
}`,
Charges: `query Charges(\$first: Int = 5) {
  bills(first: \$first, filter: {providers: [LUMEN, ORACLE_BRM, ORANGE_BUSINESS]}) {
    nodes {
      provider
      number
      rates(first: 100) {
        totalCount
        complete
        nodes {
          description
          type
          net {
            amount
            currency
          }
        }
      }
    }
  }
  rateLimit {
    cost
    remaining
  }
}`,
CreditNotes: `query CreditNotes(\$dated: DateRange) {
  bills(first: 50, filter: {types: [CREDIT_NOTE], billDate: \$dated}) {
    nodes {
      provider
      number
      billDate
      references
      signPolicy
      total {
        amount
        currency
      }
    }
  }
}`,
Files: `query Files(\$first: Int = 10) {
  bills(first: \$first) {
    nodes {
      provider
      number
      documents {
        name
        mediaType
        size
        path
      }
    }
  }
}`,
LargestBills: `query LargestBills(\$atLeast: Decimal = "0") {
  bills(
    first: 20
    filter: {total: {from: \$atLeast}}
    orderBy: {field: TOTAL, direction: DESC}
  ) {
    nodes {
      provider
      number
      billDate
      total {
        amount
        currency
      }
    }
    totalCount
  }
}`,
NewestBills: `query NewestBills(\$first: Int = 20, \$after: String, \$filter: BillFilter) {
  bills(first: \$first, after: \$after, filter: \$filter) {
    nodes {
      id
      provider
      number
      billDate
      total {
        amount
        currency
      }
      billingAccount {
        name
        remoteId
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
    sources {
      connection {
        id
      }
      state
      complete
      error {
        kind
        message
        retryable
      }
    }
  }
}`,
OneBill: `query OneBill(\$id: ID!) {
  bill(id: \$id) {
    number
    type
    state
    paymentStatus
    billDate
    dueDate
    period {
      start
      endExclusive
    }
    net {
      ...amount
    }
    tax {
      ...amount
    }
    total {
      ...amount
    }
    remaining {
      ...amount
    }
    taxItems {
      category
      rate
      amount {
        ...amount
      }
    }
    payments {
      name
      applied {
        ...amount
      }
    }
    rates(first: 500) {
      totalCount
      nodes {
        description
        type
        net {
          ...amount
        }
      }
    }
    documents {
      name
      mediaType
      path
    }
    availability {
      field
      availability
    }
  }
}

fragment amount on Money {
  amount
  currency
}`,
Providers: `query Providers {
  connections {
    id
    provider
    capabilities {
      title
      billFields {
        field
        offer
      }
      rateFields {
        field
        offer
      }
      billFilters {
        filter
        support
      }
      billHistory {
        earliest
        rollingMonths
        note
      }
      notes
    }
  }
}`,
Reconciliation: `query Reconciliation(\$first: Int = 5, \$filter: BillFilter) {
  bills(first: \$first, filter: \$filter) {
    nodes {
      provider
      number
      reconciliation {
        status
        difference
        tolerance
        checks {
          name
          ok
          detail
        }
      }
    }
  }
}`,
Spend: `query Spend(\$filter: BillFilter, \$groupBy: [SpendDimension!]! = [PROVIDER, MONTH], \$creditNotes: CreditNotePolicy = NET) {
  spend(groupBy: \$groupBy, filter: \$filter, creditNotes: \$creditNotes) {
    rows {
      provider
      month
      currency
      documents
      total {
        amount {
          amount
          currency
        }
        missing
      }
    }
    sources {
      connection {
        id
      }
      state
      complete
    }
  }
}`,
};
