package en

import "testing"

// TestAbbreviations cuts texts in many languages where they have a bar.
func TestAbbreviations(t *testing.T) {
	for _, want := range []string{
		// Spanish and Catalan
		"Los mandos de las FF. AA. Argentinas viajaron a EE. UU. en mayo. |Nadie los recibió.",
		"El dólar sube en los EE. UU. |Los bancos no lo esperaban, según dijo el presidente.",
		"La Sra. Pérez y el Dr. López hablaron con el Gral. Rojas sobre la huelga. |No hubo acuerdo.",
		"Según el art. 5 de la ley, en la pág. 12 del núm. 3, la multa es alta. |El juez lo sabe.",
		"El Excmo. Sr. Alcalde habló con la Lic. Núñez en la Avda. América de la ciudad. |Después se fue.",
		"Vino mucha gente, p. ej. Juan y María, a la plaza de la ciudad. |Todos esperaron.",
		"Las RR. HH. de la empresa no lo saben. |El jefe tampoco.",
		"El barco se hundió en el mar. |Nadie sabe por qué.",
		"Por fin. |Juan llegó al bar. |Ana no vino con los otros a la casa.",

		// Portuguese
		"O Exmo. Sr. Presidente falou com a Dra. Silva sobre o acordo. |Não houve resposta.",
		"O dep. Souza e o sen. Lima votaram contra a lei do governo. |Eles não explicaram.",
		"Segundo o art. 12 da lei, na pág. 40, o prazo é de um mês. |O juiz não falou.",
		"A empresa Costa Ltda. Brasil fechou as portas em julho, e não há acordo.",

		// Italian
		"Il sen. Rossi e l’on. Bianchi hanno votato contro la legge. |Il dott. Verdi è uscito.",
		"La prof.ssa Neri e l’avv. Galli hanno parlato con il sig. Conti della causa. |Non è bastato.",
		"Si veda l’art. 21 e la pag. 7 del vol. 2 della raccolta. |Il resto non conta.",
		"Siamo andati al bar. |Rossi ha pagato per tutti, come sempre.",

		// French
		"MM. Dupont et Mme Roux ont vu Mgr. Petit dans la rue. |Ils ont parlé de la loi.",
		"Le gén. Moreau et le cdt. Blanc ont quitté la ville. |La suite est connue.",
		"Selon l’art. 3 de la loi, p. 12, la peine est lourde. |Le juge le sait.",
		"Le bateau a passé le cap. |Moreau était seul dans la nuit.",
		"C’est la fin. |Macron le sait, et il ne dit rien de plus.",

		// German
		"Der Minister sprach mit Dr. rer. nat. Weber und Prof. Dr. h. c. Lang über die Häfen. |Mehr nicht.",
		"Am Montag, 5. März, und am 7. Oktober wird in der Stadt gewählt. |Das ist bekannt.",
		"Im Art. 5 des Gesetzes, auf S. 12 und in Abs. 3, steht es nicht. |Das Gericht schweigt.",
		"Der ehem. Kanzler und die sog. Experten sind sich nicht einig, vgl. Müller und Lang. |Das war es.",
		"Die Kosten stiegen um 5 Mio. Euro bzw. Dollar, und das ist nicht alles. |Der Rest kommt.",
		"Es kamen Äpfel, Birnen usw. |Die Händler waren mit dem Geschäft zufrieden.",
		"Der Hafen wurde im 19. Jahrhundert nach dem 2. Weltkrieg gebaut, sagt der Führer der Gruppe.",
		"Das ist eine neue Art. |Weber kennt sie nicht, und er sucht sie auch nicht.",
		"Er stand am Pol. |Weber war nicht bei ihm, und das war auch gut so.",
		"Ich danke dir. |Weber hat das nicht getan, und er wird es nie tun.",
		"Es ist so. |Weber weiß das, und er sagt es nicht.",

		// Dutch
		"De mevr. Jansen en dhr. Bakker spraken met drs. Visser over de haven. |Zij zeiden niets.",
		"Er kwamen veel landen, bijv. Frankrijk en Spanje, naar het overleg in de stad. |De rest niet.",
		"Zie art. 5 en blz. 12 van de wet voor wat er is gezegd. |De rechter zweeg.",
		"Hij is van de min. |Bakker niet, en dat is voor iedereen te zien.",

		"Mev. Botha en mnr. Nel het saam met adv. Smit die dam besoek. |Niemand wou iets sê nie.",

		// Danish, Norwegian, Swedish, Finnish
		"Hr. Hansen mødte frk. Olsen og dr. Berg i Oslo, og de talte om det. |Han sagde nej.",
		"Den 3. februar og d. 5. mars ble det holdt valg i byen, og det var alt.",
		"Mange land, f.eks. Norge og bl.a. Sverige, var med på det. |De andre var ikke der.",
		"Flera länder, t.ex. Finland och bl.a. Norge, var med om det. |De andra var inte där.",
		"Det var för länge sen. |Anna kom och gick, och det var inte bra för henne.",
		"Boken är min. |Anna tog den och gav den till en vän som inte har läst den.",
		"Det er jul. |Anna er hos sin mor, og det er ikke så ofte at hun er der.",
		"Monet maat, esim. Ruotsi ja Norja, ovat mukana, mutta Suomi ei ole. |Se on selvä.",

		// Polish, Czech, Slovak, Hungarian, Romanian, Croatian
		"Szkoła im. Adama Mickiewicza przy ul. Długiej jest zamknięta, jak mówi prof. Nowak. |To nie wszystko.",
		"Wielu ludzi, m.in. Kowalski i tzw. Eksperci, nie wie, co się stało. |To jest pewne.",
		"Premiér jednal s gen. Novákem a doc. Dvořákem na nám. Míru o tom, co se stalo. |To je vše.",
		"Podľa čl. 5 a ods. 2 zákona to nie je možné, ako hovorí JUDr. Novák. |To je všetko.",
		"Sok ország, pl. Ausztria és Szlovákia, nem volt ott az ülésen. |Ez nem jó.",
		"Potrivit art. 5 din lege, dl. Popescu și dna. Ionescu nu au fost de acord cu el. |El a plecat.",
		"Ministar je razgovarao s prof. Horvatom u ul. Kralja i rekao da to nije sve. |To je bilo jučer.",

		// Turkish, Russian, Ukrainian, Greek
		"Başkan ile Doç. Yılmaz ve Av. Demir bu konuda bir karar için toplandı. |Bu yeterli değil.",
		"Школа им. Ленина на ул. Мира закрыта, как сказал проф. Иванов. |Это не всё.",
		"Он приехал в Москву в 2024 г. |Это было в первый раз, и он не знал, что делать.",
		"Школа ім. Франка на вул. Зеленій зачинена, як сказав проф. Шевченко. |Це не все.",
		"Το είπε ο κ. Παπαδόπουλος και ο δρ. Γεωργίου για την υπόθεση. |Η συνέχεια είναι γνωστή.",

		// Texts too short to tell their language by more than a few words
		"Il sen. Rossi tace. |Nessuno parla.",
		"Segundo o art. 5º da lei, tudo muda. |Ninguém sabe.",
		"Hr. Olsen og fr. Berg kom ikke. |De var syge.",
		"Vivía en la c. Mayor, núm. 3. |Nadie lo vio.",
		"Dhr. Bakker, drs. Visser en ir. De Boer kwamen. |Zij gingen.",
		"Boken är min. |Anna tog den.",
		"Det er godt. |Anna er min. |Peter er din.",

		// English, also in small letters and in capitals
		"The Rt. Hon. Ada Flint and Cllr. Bo Hale met Lt. Gen. Moss. |They talked.",
		"He said that lt. Moss, prof. Hale and the sen. Flint had been there. |She was not.",
		"GEN. LEE MET SEN. FLINT. |THE TALKS FAILED.",
		"DR. MED. WEBER UND PROF. DR. RER. NAT. LANG KAMEN IN DIE STADT. |DAS WAR ALLES.",
		"The chapel of Sts. Ada and Bo was closed on Monday. |Nobody came.",
		"Die Fa. Weber hat ihre Mühle in der Stadt geschlossen. |Das war alles.",
		"Ul. Kralja i tzv. Novi most su zatvoreni.",
		"El gobernador del Edo. México renunció el lunes. |Nadie lo esperaba.",
		"They met on the corner of Mill Rd. North of the station it was quiet. |Nobody came.",
		"The minister ate at the bar. |Weber paid.",
		"It was a work of art. |Weber bought it, and he has kept it since.",
		"She lay in the sun. |Weber had seen the car. |Moss was at the spa.",
		"The CIA. |Weber had been with the agency for ten years and was not to be seen.",
		"He went to the gym for one more rep. |Hale did not.",
	} {
		checkCuts(t, want)
	}
}
