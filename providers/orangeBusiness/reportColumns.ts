/** The columns of Orange's charge reports, as "Billing for Business" lists them, and what each holds. */

export type ColumnKind =
	/** As written: leading zeros count. */
	| { readonly kind: 'TEXT' }
	| { readonly kind: 'DATE' }
	| { readonly kind: 'NUMBER' }
	/** In the currency that the other column names; null: Orange does not say which, the numbers of the file may. */
	| { readonly kind: 'AMOUNT'; readonly currency: CurrencyColumn | null };

export const CHARGE_CURRENCY = 'Charge Currency';
export const INVOICING_CURRENCY = 'Invoicing Currency';
export type CurrencyColumn = typeof CHARGE_CURRENCY | typeof INVOICING_CURRENCY;

const TEXT = { kind: 'TEXT' } as const;
const DATE = { kind: 'DATE' } as const;
const NUMBER = { kind: 'NUMBER' } as const;
const CHARGED = { kind: 'AMOUNT', currency: CHARGE_CURRENCY } as const;
const INVOICED = { kind: 'AMOUNT', currency: INVOICING_CURRENCY } as const;
const UNSTATED = { kind: 'AMOUNT', currency: null } as const;

/** In the order of the document; a file may have them in another, or others beside them. */
export const REPORT_COLUMNS = {
	'Customer Number': TEXT,
	'Customer name': TEXT,
	'Account number': TEXT,
	'Invoice number': TEXT,
	'Invoice Date': DATE,
	'Document type': TEXT,
	'Period from': DATE,
	'Period to': DATE,
	'Charge Month': TEXT,
	'Division code': TEXT,
	'Division name': TEXT,
	'Service description': TEXT,
	'Service start date': DATE,
	'Site ID': TEXT,
	'Site name': TEXT,
	'Site address': TEXT,
	'Site City': TEXT,
	'Site State': TEXT,
	'Postal Code': TEXT,
	Country: TEXT,
	'Country Name': TEXT,
	Speed: TEXT,
	Bandwidth: TEXT,
	'Charge Description': TEXT,
	'Tax Description': TEXT,
	Frequency: TEXT,
	'Number of days': NUMBER,
	'Monthly price': CHARGED,
	'Charge Currency': TEXT,
	'Exchange rate': NUMBER,
	'Pre-discount amount': CHARGED,
	'Discount percentage': NUMBER,
	'Discount amount': CHARGED,
	'Taxable amount': UNSTATED,
	'Tax rate': NUMBER,
	'Tax amount': UNSTATED,
	'Invoicing Amount': INVOICED,
	'Invoicing Currency': TEXT,
	'Total including Tax': INVOICED,
	'TC Cross Reference': TEXT,
	'Serial Number': TEXT,
	'Order reference': TEXT,
	'Credit Comments': TEXT,
	'Invoice Contact': TEXT,
	'Phone Number': TEXT,
	'Payment Term': TEXT,
	'Payment Due Date': DATE,
	'Installed Offer ID': TEXT,
	'PO Reference': TEXT,
	'External Reference': TEXT,
} as const satisfies Readonly<Record<string, ColumnKind>>;

export type ReportColumn = keyof typeof REPORT_COLUMNS;

const BY_NAME: ReadonlyMap<string, ReportColumn> = new Map(
	(Object.keys(REPORT_COLUMNS) as ReportColumn[]).map((name) => [name.toLowerCase(), name]),
);

export interface Column {
	/** As the document writes it where it lists the column, else as the file does. */
	readonly name: string;
	readonly kind: ColumnKind;
}

/** Columns that the document does not list are text. */
export function columnOf(header: string): Column {
	const listed = BY_NAME.get(header.trim().toLowerCase());
	return listed === undefined ? { name: header.trim(), kind: TEXT } : { name: listed, kind: REPORT_COLUMNS[listed] };
}
