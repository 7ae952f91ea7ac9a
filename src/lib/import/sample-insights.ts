import { addDays, type Day } from '../model/calendar';

/** Invented Audience insights for the sample data, in the form of the API's answers. */

/** A name with its share, its affinity where it is an interest, and how much the share grows in a month. */
type Invented = readonly [name: string, share: number, growth?: number, affinity?: number];

const AGES: readonly Invented[] = [
	['18-24', 0.118, 0.006],
	['25-34', 0.306, 0.012],
	['35-44', 0.241, -0.004],
	['45-54', 0.159, -0.006],
	['55-64', 0.108, -0.005],
	['65+', 0.068, -0.003]
];
const GENDERS: readonly Invented[] = [
	['Female', 0.774, -0.011],
	['Male', 0.131, 0.008],
	['Unspecified and custom', 0.095, 0.003]
];
const COUNTRIES: readonly Invented[] = [
	['Sweden', 0.482, 0.014],
	['Norway', 0.146, 0.003],
	['Denmark', 0.093, -0.002],
	['Finland', 0.077, -0.004],
	['Germany', 0.051, -0.003],
	['Other', 0.151, -0.008]
];
const METROS: readonly Invented[] = [
	['Stockholm', 0.179, 0.006],
	['Gothenburg', 0.082, 0.002],
	['Oslo', 0.064, 0.001],
	['Copenhagen', 0.048, -0.002],
	['Malmö', 0.041, 0.003]
];
const DEVICES: readonly Invented[] = [
	['iPhone', 0.52, 0.011],
	['Android mobile', 0.31, 0.004],
	['Web', 0.24, -0.013],
	['iPad', 0.14, -0.002]
];

/** Categories with their interests. */
const INTERESTS: readonly { readonly category: Invented; readonly interests: readonly Invented[] }[] = [
	{
		category: ['Rooms with little room', 0.612, 0.009, 1.62],
		interests: [
			['Shelves up to the ceiling', 0.441, 0.022, 2.11],
			['Beds that fold away', 0.302, -0.006, 1.87],
			['Hallway benches', 0.183, 0.011, 1.48]
		]
	},
	{
		category: ['Made by hand', 0.487, 0.015, 1.41],
		interests: [
			['Carved spoons', 0.217, 0.018, 1.94],
			['Mending in bright thread', 0.164, 0.007, 1.73],
			['Rag rugs', 0.121, -0.003, 1.2]
		]
	},
	{
		category: ['Long breakfasts', 0.398, -0.01, 0.94],
		interests: [
			['Cardamom buns', 0.226, -0.008, 1.08],
			['Porridge with plums', 0.098, -0.004, 0.72]
		]
	},
	{
		category: ['Green windowsills', 0.284, 0.012, 1.23],
		interests: [
			['Balcony herbs', 0.154, 0.013, 1.31],
			['Lemon trees in pots', 0.083, 0.002, 1.05]
		]
	}
];

const DAYS_BETWEEN = 31;

/**
 * The insights that go with the sample events: the total audience a month apart, and the engaged one, as JSON.
 * @param lastDay the day of the newest
 */
export function sampleInsights(lastDay: Day): string {
	return JSON.stringify([
		answer('YOUR_TOTAL_AUDIENCE', addDays(lastDay, -DAYS_BETWEEN), 296_000, 0, 1),
		answer('YOUR_TOTAL_AUDIENCE', lastDay, 318_000, 1, 1),
		answer('YOUR_ENGAGED_AUDIENCE', lastDay, 41_900, 4, 1.12)
	]);
}

/**
 * One answer.
 * @param months how often shares have grown
 * @param interest how much more interest there is than in the total audience
 */
function answer(type: string, date: Day, size: number, months: number, interest: number): object {
	const entries = (list: readonly Invented[]) =>
		list.map(([name, share, growth = 0]) => ({ name, ratio: rounded(share + growth * months) }));
	const interestOf = ([name, share, growth = 0, affinity = 1]: Invented) => ({
		name,
		ratio: rounded((share + growth * months) * interest),
		index: rounded(affinity * interest)
	});
	return {
		type,
		date,
		size,
		size_is_upper_bound: true,
		categories: INTERESTS.map(({ category, interests }) => ({
			...interestOf(category),
			subcategories: interests.map(interestOf)
		})),
		demographics: {
			ages: entries(AGES),
			genders: entries(GENDERS),
			countries: entries(COUNTRIES),
			metros: entries(METROS),
			devices: entries(DEVICES)
		}
	};
}

function rounded(value: number): number {
	return Number(value.toFixed(3));
}
