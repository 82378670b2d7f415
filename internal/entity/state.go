package entity

// stateNamed returns the state of the United States that has a name, as texts have it, or a
// short form that news write behind the name of a town.
func stateNamed(s string) (string, bool) {
	switch s {
	case "Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut", "Delaware", "Florida",
		"Georgia", "Hawaii", "Idaho", "Illinois", "Indiana", "Iowa", "Kansas", "Kentucky", "Louisiana", "Maine",
		"Maryland", "Massachusetts", "Michigan", "Minnesota", "Mississippi", "Missouri", "Montana", "Nebraska",
		"Nevada", "New Hampshire", "New Jersey", "New Mexico", "North Carolina", "North Dakota", "Ohio", "Oklahoma",
		"Oregon", "Pennsylvania", "Rhode Island", "South Carolina", "South Dakota", "Tennessee", "Texas", "Utah",
		"Vermont", "Virginia", "Washington", "West Virginia", "Wisconsin", "Wyoming":
		return s, true
	case "D.C.", "DC":
		return "District of Columbia", true
	case "Ala.":
		return "Alabama", true
	case "Ariz.":
		return "Arizona", true
	case "Ark.":
		return "Arkansas", true
	case "Calif.":
		return "California", true
	case "Colo.":
		return "Colorado", true
	case "Conn.":
		return "Connecticut", true
	case "Del.":
		return "Delaware", true
	case "Fla.":
		return "Florida", true
	case "Ga.":
		return "Georgia", true
	case "Ill.":
		return "Illinois", true
	case "Ind.":
		return "Indiana", true
	case "Kan.":
		return "Kansas", true
	case "Ky.":
		return "Kentucky", true
	case "La.":
		return "Louisiana", true
	case "Md.":
		return "Maryland", true
	case "Mass.":
		return "Massachusetts", true
	case "Mich.":
		return "Michigan", true
	case "Minn.":
		return "Minnesota", true
	case "Miss.":
		return "Mississippi", true
	case "Mo.":
		return "Missouri", true
	case "Mont.":
		return "Montana", true
	case "Neb.":
		return "Nebraska", true
	case "Nev.":
		return "Nevada", true
	case "N.H.":
		return "New Hampshire", true
	case "N.J.":
		return "New Jersey", true
	case "N.M.":
		return "New Mexico", true
	case "N.C.":
		return "North Carolina", true
	case "N.D.":
		return "North Dakota", true
	case "Okla.":
		return "Oklahoma", true
	case "Ore.":
		return "Oregon", true
	case "Pa.":
		return "Pennsylvania", true
	case "R.I.":
		return "Rhode Island", true
	case "S.C.":
		return "South Carolina", true
	case "S.D.":
		return "South Dakota", true
	case "Tenn.":
		return "Tennessee", true
	case "Vt.":
		return "Vermont", true
	case "Va.":
		return "Virginia", true
	case "Wash.":
		return "Washington", true
	case "W.Va.":
		return "West Virginia", true
	case "Wis.":
		return "Wisconsin", true
	case "Wyo.":
		return "Wyoming", true
	}
	return "", false
}
