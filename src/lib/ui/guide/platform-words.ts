import { named } from './named';

/** The platform's own words for what is to be opened and pressed there. */
export const PLATFORM_WORDS = {
	analytics: named('Pinterest Analytics'),
	overview: named('Analytics › Overview'),
	insightsPage: named('Analytics › Audience insights'),
	insights: named('Audience insights'),
	ads: named('Ads Manager'),
	reports: named('Reporting'),
	button: named('Export'),
	settings: named('Settings › Privacy and data'),
	request: named('Request your data'),
	address: named('/v5/user_account/analytics'),
	split: named('split_field')
};
