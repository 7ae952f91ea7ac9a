/** Two reports on ads, of two currencies; the first is of two days. */

const HEAD =
	'Date,Account currency,Campaign name,Ad group name,Ad name,Organic pin ID,Spend in account currency,Paid impressions,Outbound clicks,Total conversions (Checkout),Total order value (Checkout)';
export const EUROS = {
	name: 'euros.csv',
	text: [
		HEAD,
		'2026-08-31,EUR,"Autumn, shelves",Walls,Oak wall,11111,10.00,1000,20,1,30.00',
		'2026-09-01,EUR,"Autumn, shelves",Walls,Oak wall,11111,12.00,1000,30,2,60.00',
		'2026-09-01,EUR,"Autumn, shelves",Brackets,Brass bracket,22222,8.00,1000,10,0,0.00',
		'2026-09-01,EUR,Gift guide,Under 30,Clay mug,33333,5.00,500,10,1,15.00',
		'Total,,,,,,35.00,3500,70,4,105.00'
	].join('\n')
};
export const DOLLARS = {
	name: 'dollars.csv',
	text: [HEAD, '2026-09-01,USD,Cabin signs,Signs,Pine sign,44444,4.00,400,4,1,9.00'].join('\n')
};
