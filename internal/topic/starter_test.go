package topic

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/match"
)

// starterArticles are short analyses with the topics that a reader would give
// them.
var starterArticles = []struct {
	in   match.Input
	want string
}{
	{match.Input{
		Title:    "What a frozen enrichment plan would buy",
		Headings: []string{"The nuclear deal on the table", "Sanctions as a lever"},
		Body: []string{
			"Negotiators in Vienna say that Iran would cap uranium enrichment and admit nuclear inspectors again. In return its oil revenue would be released. The nuclear program would not end; it would pause.",
			"Tehran wants sanctions lifted first. European diplomats doubt that the sanctions can be restored once they are gone, and the foreign minister of one country called the order of steps the whole dispute. Iranian officials said that the sanctions had already failed; Iran has outlived worse. An envoy from the United Nations will shuttle between the delegations, and the embassy in Tehran is to reopen.",
		},
	}, "diplomacy/foreign_policy diplomacy/sanctions regions/middle_east security/nuclear"},
	{match.Input{
		Title: "Why the central bank blinked",
		Body: []string{
			"The central bank left its interest rate unchanged on Thursday, although inflation rose for a third month. Consumer prices were up by four per cent, and the cost of living leads every survey of what worries people.",
			"Economists had expected a rate increase. A recession is the greater danger now, the governor said; economic growth has been near zero since spring, and monetary policy works slowly. Inflation would fall by itself.",
		},
	}, "economy/central_banks economy/growth economy/inflation"},
	{match.Input{
		Title: "Tariffs will not bring the furnaces back",
		Body: []string{
			"The new tariffs on steel are meant to protect jobs. Earlier tariffs did not: imports fell by a third, but exporters of machines paid more for their metal, and the trade deficit grew.",
			"A trade war helps nobody who sells abroad. The trade representative knows it, and so do the farmers whose soybean exports are the first to be hit.",
		},
	}, "economy/trade"},
	{match.Input{
		Title: "A runoff nobody planned for",
		Body: []string{
			"Turnout was the highest in twenty years, and still no candidate won the first round of the presidential election. The runoff will be decided by voters in the north, where exit polls were furthest off.",
			"Both candidates now court the electorate of the third. Ballots from abroad are still being counted, the election commission said.",
		},
	}, "politics/elections"},
	{match.Input{
		Title: "The general who rules by decree",
		Body: []string{
			"Two years after the coup the junta has dissolved every court that opposed it. Its authoritarian rule rests on the police state that earlier dictators built, and on the silence of neighbours.",
			"Human rights groups count nine hundred political prisoners. Torture is routine, a report by Amnesty International says, and dissidents disappear.",
		},
	}, "politics/authoritarianism rights/human_rights"},
	{match.Input{
		Title: "Truce in name only",
		Body: []string{
			"The ceasefire was six hours old when shelling began again along the front line. Rebels and government troops blame each other, and the peace talks planned for Geneva are in doubt.",
			"An airstrike hit a bridge at dawn. Militia commanders who had signed the peace agreement say that their fighters will not wait for another truce to fail.",
		},
	}, "conflict/peace_talks conflict/war"},
	{match.Input{
		Title: "Chips, and who may buy them",
		Body: []string{
			"Export controls on advanced chips were meant to slow artificial intelligence in China by years. Chipmakers in Taiwan say that they slowed sales instead.",
			"Beijing now pays for semiconductor plants of its own, and Chinese machine learning laboratories make do with older designs. The chip industry expects the gap to close within a decade; AI models need fewer chips each year.",
		},
	}, "regions/china technology/ai technology/semiconductors"},
	{match.Input{
		Title: "The ransomware that closed four hospitals",
		Body: []string{
			"Hackers had been inside the network for weeks before the ransomware was set off. The data breach exposed two million records, and doctors in four hospitals went back to paper.",
			"The health system had been warned about its cybersecurity twice. Prosecutors have charged nobody.",
		},
	}, "health/policy security/cyber"},
	{match.Input{
		Title: "Counting carbon twice",
		Body: []string{
			"Half of the emissions that countries claim to have cut were never there, a review of climate policy finds. Greenhouse gases are reported by those who emit them, and carbon dioxide from forest fires hardly at all.",
			"Climate change does not wait for better books. The same review puts solar power and wind farms ahead of every forecast; renewable energy is the one number that nobody needs to polish.",
		},
	}, "climate/change energy/renewables"},
	{match.Input{
		Title: "After the flood, the reckoning",
		Body: []string{
			"The hurricane took the roofs; the flooding took everything else. Disaster relief reached the islands after nine days, and the hurricane season has two months to run.",
		},
	}, "climate/disasters"},
	{match.Input{
		Title: "Judges against the clock",
		Body: []string{
			"The Supreme Court will hear the case on abortion in the autumn. Lawyers for the clinics expect the justices to narrow the ruling of the appeals court rather than to overturn it.",
			"Abortion has been before these judges three times. A federal judge first blocked the law, and reproductive rights groups have asked for speed ever since.",
		},
	}, "law/courts rights/abortion"},
	{match.Input{
		Title: "Vaccines came late to the coast",
		Body: []string{
			"The outbreak was seen in March; the vaccine arrived in June. By then the epidemic had crossed three borders in West Africa, and health officials in Liberia, Senegal and Sierra Leone were working from lists of the infected that were weeks old.",
			"Quarantine failed where people had to work. What stopped the virus, in the end, was rain.",
		},
	}, "health/pandemic regions/africa"},
	{match.Input{
		Title: "Where the boats land now",
		Body: []string{
			"Fewer migrants cross the strait each year, and more of them die there. The government counts asylum applications and calls the policy a success; refugees who are turned back are not counted at all.",
			"Asylum has become a matter of geography. Deportation flights leave twice a week.",
		},
	}, "society/migration"},
	{match.Input{
		Title: "The newsroom that would not close",
		Body: []string{
			"Three journalists are in prison and the presses are sealed, but the paper appears every morning. Press freedom ended with the emergency law; journalism did not.",
			"Its editors meet in kitchens. State media call them agents, and the Committee to Protect Journalists calls them the last free press in the country.",
		},
	}, "culture/media rights/press_freedom"},
	{match.Input{
		Title: "A cup final in an empty stadium",
		Body: []string{
			"The football was better than the noise that was piped over it. The coach of the losing side blamed the calendar; the championship has lost four weeks to storms.",
		},
	}, "sports"},

	{match.Input{
		Title: "The war that nobody calls over",
		Body: []string{
			"The war in the north goes into its ninth year. Warplanes bombed two towns on Friday, rebels answered with rockets, and both sides speak of victory. Four thousand troops are to leave by spring; those who stay will train fighters and not lead them.",
			"Casualties are no longer published. Chemical weapons that were declared gone have been used twice since, inspectors say, and the wounded of the second time are still in tents.",
		},
	}, "conflict/war"},
	{match.Input{
		Title: "What was known before the attack",
		Body: []string{
			"A year after the attack in Benghazi the inquiry has four volumes and no name of a planner. The attackers came twice in one night; explosions woke the street, and militants were seen leaving by the gate that they had come in by.",
			"Benghazi had been quiet, a cable said in August. Another one, of September, asked for guards.",
		},
	}, "security/terrorism"},
	{match.Input{
		Title: "Sixty pilots and no aeroplanes",
		Body: []string{
			"The airline flew for the last time in May, and its planes stand at the end of a field. Passengers now take the train, which has no buffet, or the roads, which have one too many.",
			"An infrastructure plan would pay for both: for rail, for bridges that were to last until 1990, and for a public transport that comes when it says. The transportation secretary calls the sum small.",
		},
	}, "business/transport"},
	{match.Input{
		Title: "How to listen to a glacier",
		Body: []string{
			"Scientists lowered a microphone into the ice and heard nothing for a week. Then, the researchers write in a peer-reviewed paper, it spoke: a crack of some hundred metres, and after it a long hum.",
			"The laboratory has since built an experiment that hums alike. A physicist who had no part in the research calls it the best explanation so far.",
		},
	}, "science/research"},
	{match.Input{
		Title: "The painter who hid behind her brother",
		Body: []string{
			"Forty paintings in the museum bear his name and are hers, the new exhibition says. An artist could be a woman in 1902, but not sell as one.",
			"The sculptor whom she married knew. Her letters read like a novel, and a film is being made of them; the actress who plays her learned to paint.",
		},
	}, "culture/arts"},
	{match.Input{
		Title: "Ten years of bribes, in a spreadsheet",
		Body: []string{
			"The minister's assistant kept a list: who paid, what for, and whether the bribe was counted before witnesses. Corruption was the second budget of the port, prosecutors say, and better kept than the first.",
		},
	}, "politics/corruption"},

	// Names within other names, and words that also mean something else.
	{match.Input{
		Title: "New Mexico counts its springs",
		Body: []string{
			"Of two hundred springs that New Mexico has listed, ninety are dry. The state asks ranchers to fence in the others. New Mexico lost its last public well drillers in 2011, and the Gulf of Mexico sends less rain.",
		},
	}, ""},
	{match.Input{
		Title: "The corrupt file",
		Body: []string{
			"A corrupt table kept the payroll of a town shut for three days. Corrupted records are nothing new, the clerk said; that the copies were as corrupt was. A culture war over who had saved what went on for longer, and so did the war of words about its cost.",
		},
	}, ""},

	// What is only mentioned makes no topic.
	{match.Input{
		Title: "Notes from a small harbour",
		Body: []string{
			"The ferry brings newspapers at noon. People here talk about the weather, an election that nobody remembers voting in, and a cousin in China. The school has nine pupils, the police one car, and the church a roof at last. Oil is dear.",
		},
	}, ""},
}

func TestStarter(t *testing.T) {
	for _, a := range starterArticles {
		var paths []string
		for _, m := range starter().Apply(analyze(a.in)) {
			paths = append(paths, m.Path)
		}
		if diff := cmp.Diff(a.want, strings.Join(paths, " ")); diff != "" {
			t.Errorf("topics of %q (-want +got):\n%s", a.in.Title, diff)
		}
	}
}

func TestStarterRules(t *testing.T) {
	rules := starter().List()
	if len(rules) < 60 {
		t.Errorf("%d rules, want at least 60", len(rules))
	}
	path := regexp.MustCompile(`^[a-z_]+(/[a-z_]+)?$`)
	for _, r := range rules {
		if !path.MatchString(r.Path) {
			t.Errorf("path %s has more than two levels, or other than letters", r.Path)
		}
		if r.Min < 2 {
			t.Errorf("%s: one mention makes the topic", r.Path)
		}
	}
}

// Every phrase and =word of the starter rules is looked for by its anchor, and
// every word by its stem: there is nothing that each article must be searched
// for.
func TestStarterIsFast(t *testing.T) {
	for _, l := range starter().program.leaves {
		if l.kind == bySearch {
			t.Errorf("%s is left to be searched for", match.Leaf{Plan: l.plan}.Label())
		}
	}
}
