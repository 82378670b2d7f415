package extract

import (
	"strings"
	"sync"
)

// bylinePlaces are where articles are written, in small letters: capitals and
// the cities and lands that keep correspondents, as several languages call
// them. Only a whole part of a byline is looked up, so that nobody called Jack
// London is one.
var bylinePlaces = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.SplitSeq(`abidjan|abu dhabi|abuja|accra|addis ababa|aden|albany|aleppo|algiers|alger|algier|almaty|amman|amsterdam|ankara|antwerp|anvers|astana|athens|athen|athènes|atenas|atlanta|auckland|austin|`+
		`baghdad|bagdad|bahrain|baku|bamako|bangalore|bengaluru|bangkok|barcelona|basel|beijing|pékin|peking|pekín|pequim|pechino|beirut|beyrouth|belfast|belgrade|belgrad|berlin|berlín|berlino|bern|bogotá|bogota|bonn|boston|`+
		`brasília|brasilia|bratislava|brussels|bruxelles|brüssel|brussel|bruselas|bruxelas|bucharest|bukarest|bucarest|budapest|buenos aires|cairo|kairo|le caire|el cairo|calgary|cambridge|canberra|cape town|kapstadt|`+
		`caracas|casablanca|chennai|chicago|chișinău|chisinau|cologne|köln|colombo|copenhagen|kopenhagen|københavn|copenhague|dakar|dallas|damascus|damaskus|damas|delhi|new delhi|neu-delhi|denver|detroit|dhaka|doha|dubai|dubaï|`+
		`dublin|dushanbe|düsseldorf|edinburgh|florence|frankfurt|frankfurt am main|freetown|gaza|gaza city|geneva|genève|genf|ginebra|ginevra|genebra|glasgow|guangzhou|hamburg|hanoi|harare|havana|la habana|havanna|helsinki|`+
		`ho chi minh city|hong kong|hongkong|honolulu|houston|islamabad|istanbul|i̇stanbul|jakarta|jeddah|jerusalem|jérusalem|jerusalén|johannesburg|juba|kabul|kampala|karachi|kathmandu|kharkiv|khartoum|kigali|kingston|kinshasa|`+
		`kolkata|kuala lumpur|kuwait|kuwait city|kyiv|kiev|kiew|kyjiw|lagos|lahore|lausanne|leipzig|lima|lisbon|lissabon|lisbonne|lisboa|ljubljana|london|londres|londra|los angeles|luanda|lusaka|luxembourg|luxemburg|lviv|lyon|`+
		`madrid|manila|maputo|marseille|mexico city|mexiko-stadt|mexico|ciudad de méxico|miami|milan|mailand|milano|minneapolis|minsk|mogadishu|montevideo|montreal|montréal|moscow|moskau|moscou|moscú|mosca|moskou|moskva|mumbai|`+
		`munich|münchen|nairobi|naples|new orleans|new york|nueva york|nova york|nicosia|oslo|ottawa|ouagadougou|oxford|panama city|paris|parís|parigi|philadelphia|phnom penh|podgorica|prague|prag|praga|praha|pretoria|`+
		`pristina|pyongyang|quito|rabat|ramallah|reykjavik|riga|rio de janeiro|riyadh|riad|rome|rom|roma|rotterdam|saint petersburg|st. petersburg|san francisco|san salvador|sanaa|santiago|santiago de chile|são paulo|sao paulo|`+
		`sarajevo|seattle|seoul|séoul|shanghai|shenzhen|singapore|singapur|singapour|skopje|sofia|stockholm|strasbourg|straßburg|stuttgart|sydney|taipei|taipeh|tallinn|tashkent|tbilisi|tiflis|tegucigalpa|tehran|teheran|téhéran|`+
		`tel aviv|the hague|den haag|la haye|tirana|tokyo|tokio|toronto|tripoli|tunis|turin|ulaanbaatar|valletta|vancouver|venice|vienna|wien|vienne|viena|vilnius|warsaw|warschau|varsovie|varsovia|warszawa|`+
		`washington|washington dc|washington d.c|washington d.c.|d.c.|wellington|windhoek|yangon|yaoundé|yerevan|zagreb|zurich|zürich|москва|киев|київ|санкт-петербург|минск|берлин|вашингтон|лондон|париж|`+
		`europe|asia|africa|afghanistan|argentina|australia|brazil|canada|china|egypt|france|germany|deutschland|greece|india|indonesia|iran|iraq|israel|italy|japan|kenya|lebanon|libya|nigeria|pakistan|poland|russia|rwanda|`+
		`saudi arabia|senegal|somalia|south africa|south korea|spain|sudan|sweden|syria|taiwan|turkey|uganda|ukraine|united kingdom|uk|united states|usa|vietnam|yemen|zimbabwe`, "|") {
		m[name] = true
	}
	return m
})

// isBylinePlace reports whether a part of a byline says where it was written.
func isBylinePlace(s string) bool {
	return len(s) <= 24 && bylinePlaces()[strings.ToLower(strings.Trim(s, " ,;"))]
}
