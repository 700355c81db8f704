package address

import "strings"

// tracking are parameters that tell how a reader came, by whose link or letter, or
// who the reader is: of analytics, advertisers, social networks, mailing services,
// and of large publishers' own.
var tracking = set(`fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid igshid igsh li_fat_id epik srsltid
	mc_cid mc_eid _ga _gl _hsenc _hsmi __hssc __hstc __hsfp mkt_tok vero_id oly_anon_id oly_enc_id s_cid s_kwcid wt_mc
	ref_src ref_url cmpid cmp ito ncid ocid smid smtyp srnd xtor guccounter guce_referrer guce_referrer_sig sr_share echobox
	phpsessid jsessionid sessionid`)

// trackingPrefixes begin families of them.
var trackingPrefixes = []string{"utm_", "at_", "ns_", "pk_", "mtm_", "matomo_", "hsa_", "stm_", "itm_"}

// isTracking reports whether a parameter, its name in lower case, says nothing of
// which article is meant, or asks for the accelerated page of it.
func isTracking(name, value string) bool {
	if tracking[name] || name == "amp" || name == "outputtype" && value == "amp" || name == "output" && value == "amp" {
		return true
	}
	for _, p := range trackingPrefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
