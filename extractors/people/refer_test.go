package people

import "testing"

func TestPronouns(t *testing.T) {
	for _, sentence := range []string{
		"[Ana Blum|Ana Blum] said [she|~Ana Blum] would go, and took [her|~Ana Blum] hat.",
		"[Peter Lund|Peter Lund] spoke. [He|~Peter Lund] was angry.",
		"[Peter Lund|Peter Lund] greeted [Ana Blum|Ana Blum]. [She|~Ana Blum] smiled at [him|~Peter Lund].",
		"Gen. [Lund|+Lund] and [his|~Lund] men left.",
		// Two of one gender: the subject of what was said, else nobody.
		"[Peter Lund|Peter Lund] met [Otto Brandt|Otto Brandt] on Monday. [He|~Peter Lund] was glad.",
		"[Peter Lund|Peter Lund] told [Otto Brandt|Otto Brandt] that he had lost.",
		"[Otto Brandt|Otto Brandt] left, and [Peter Lund|Peter Lund] said [he|~Peter Lund] would stay.",
		"[Otto Brandt|Otto Brandt] and [Peter Lund|Peter Lund] spoke. He left.",
		// An object is not its own subject.
		"[Otto Brandt|Otto Brandt] saw him.",
		// Somebody without a name can be meant.
		"A soldier told [Otto Brandt|Otto Brandt] that he was lost.",
		"[Peter Lund|Peter Lund] rang the colonel's wife. She cried.",
		"[Otto Brandt|Otto Brandt]'s spokesman said he was ill.",
		// Others speak inside quotation marks.
		"\"He is a liar,\" said [Otto Brandt|Otto Brandt].",
		"\"I will go,\" [Ana Blum|Ana Blum] said. [She|~Ana Blum] did not say when.",
		// Before the name.
		"In his speech [Otto Brandt|Otto Brandt] said nothing.",
		// Too far.
		"[Otto Brandt|Otto Brandt] left. The rain fell. The river rose. He was seen again.",
		// A name that tells no gender learns it.
		"[Kerubo Nyaboke|Kerubo Nyaboke] said [she|~Kerubo Nyaboke] had waited. Then [she|~Kerubo Nyaboke] hung up.",
	} {
		check(t, sentence)
	}
}

func TestDescriptions(t *testing.T) {
	for _, sentence := range []string{
		"Kenyan Prime Minister [Joy Achieng|Joy Achieng] resigned. [The prime minister|~Joy Achieng] gave no reason.",
		"Kenyan Prime Minister [Joy Achieng|Joy Achieng] resigned. Crowds sang for [the Kenyan leader|~Joy Achieng].",
		"Chad's [Musa Idriss|Musa Idriss] resigned, and [the Chadian leader|~Musa Idriss] left.",
		"Gen. [Roy Hale|Roy Hale] landed. [The general|~Roy Hale] saluted.",
		"Foreign Minister [Joy Achieng|Joy Achieng] landed, and [the minister|~Joy Achieng] spoke.",
		"[Joy Achieng|Joy Achieng], the former president of Kenya, died. They mourned [the former president|~Joy Achieng].",
		"[Otto Brandt|Otto Brandt], 54, fell. [The 54-year-old|~Otto Brandt] was not hurt.",
		"French President [Ana Blum|Ana Blum] and Italian President [Joy Achieng|Joy Achieng] met; [the French president|~Ana Blum] spoke first.",
		"President [Ana Blum|Ana Blum] of France arrived. [The president of France|~Ana Blum] was tired.",
		"[Ana Blum|Ana Blum], the secretary of state, spoke as secretary of state; [the secretary|~Ana Blum] was brief.",
		// Another office, another country, two who may be meant, a name that follows.
		"Foreign Minister [Joy Achieng|Joy Achieng] landed, and the prime minister spoke.",
		"Kenyan Prime Minister [Joy Achieng|Joy Achieng] rang the Ugandan prime minister.",
		"President [Ana Blum|Ana Blum] met President [Joy Achieng|Joy Achieng], and the president spoke.",
		"Prime Minister [Joy Achieng|Joy Achieng] rang the president, [Ana Blum|Ana Blum], at noon.",
		"Attorney General [Ana Blum|Ana Blum] waited for the general.",
		"Vice President [Ana Blum|Ana Blum] waited for the president.",
		"Taliban commander [Gul Rahman|Gul Rahman] was killed. A second commander fled, and troops hunted the commander.",
		"President [Ana Blum|Ana Blum] shut the president hotel.",
	} {
		check(t, sentence)
	}
}
