/**
 * Names of columns that only website analytics have, in the languages that are known here (en, de, sv, fr, es, it, nl,
 * pt). They are held against names in lower case, letters and digits only, without accents. Each row is one kind of
 * figure; several kinds in one table show that it is about a website.
 */
export const WEBSITE_WORDS: readonly RegExp[] = [
	/session|sitzung|sesion|sessao|sessoes|sessie|sessioni/,
	/visitor|besucher|besokare|visiteur|visitante|visitatori|bezoeker|pageuniques/,
	/^(?:total|new|active|returning|first|1day|7day|28day)*users?$|nutzer|anvandare|utilisateur|usuario|utenti|gebruikers|utilizador/,
	/^(?:nb|online|unique|total|all)?visits?$|^besuche$|^besok$|^visites?$|^visitas?$|^visite$|^bezoeken$/,
	/pageview|^pages?perv|viewsper|screenview|seitenaufruf|seitenansicht|sidvisning|pagesvues|vuesdepage|paginasvistas|vistasdepagina|visualizzazionidipagina|paginaweergave|visualizacoesdepagina/,
	/bounce|absprung|avvisningsfrekv|rebond|rebote|rimbalz|bounceper|rejeicao/,
	/(?:visit|session|engagement|interaction|user)duration|(?:time|duration)on(?:page|site|screen)|averageengagementtime|avgengagementtime|avgtime|interaktionsdauer|interaktionstid|engagemangstid|dureedengagement|tiempodeinteraccion|tempodiengagement|duratadelcoinvolg|engagementtijd|tempodeengajamento|tempsdengagement/,
	/engagedsession|sitzungenmitinteraktion/,
	/landingpage|zielseite|landningssida|pagededestination|paginadedestino|paginadidestinazione|landingspagina|pagepath|pagelocation|pagetitle|entrypage|exitpage/,
	/keyevent|wichtigesereignis|wichtigeereignisse|nyckelhandelse|evenementscles|eventosclave|eventichiave|belangrijkegebeurtenis|eventosprincipais/,
	/eventcountper|goalconversion|goalcompletion|conversionsgoal|uniquepurchasers/,
	/scrolldepth|exitrate|^exits$|^entrances$/
];

/** Names that one kind of website report has, and nothing else. */
export const WEBSITE_COLUMN =
	/^(?:session|firstuser|user)?(?:default|primary)?channelgroup(?:ing)?|sourcemedium|quellemedium|kallamedium|sourcesupport|fuentemedio|sorgentemezzo|bronmedium|origemmidia|^nb(?:visits|uniqvisitors|actions|pageviews|hits)|^bouncerate$|^visitduration$|^sessionsource|^sessionmedium|^sessioncampaign|^firstuser|sessionsthatcompletedcheckout|^onlinestorevisitors$|^clientid$|^gaclientid$/;

/** Search Console: figures of searches on a web search engine, where `impressions` are its own. */
export const SEARCH_POSITION =
	/^(?:(?:average|avg|durchschnittliche|genomsnittlig)?position|posicion|posizione|positie|posicao)$/;
export const SEARCH_CLICKS = /^(?:clicks|klicks|klick|clics|clic|klikken|cliques)$/;

/** Lines above the tables of website analytics. */
export const WEBSITE_LINE =
	/google analytics|\bga4\b|^[#"\s]*(?:property|egenskap|propri[eé]t[eé]|propiedad|propriet[aà]|propriedade)\s*:|\bmatomo\b|\bpiwik\b|\bplausible\b|adobe analytics|report suite|search console|\bshopify\b|\bfathom\b|\bumami\b/i;
