package text

// When the point behind a short word belongs to it.
const (
	always      = iota + 1 // wherever it stands
	capitalised            // when the word is capitalised
	beforeDigit            // when a number or a comma follows ("No. 5", "Sat., Oct. 3")
)

// maxAbbreviation is the longest abbreviation in bytes, and the longest acronym.
const maxAbbreviation = 12

// abbreviations gives, by lower-case word without its point, when the point is
// its own. "no" and the weekdays are words too, hence the conditions.
var abbreviations = map[string]int{
	"mr": always, "mrs": always, "ms": capitalised, "dr": always, "prof": always, "messrs": always, "mme": capitalised, "mlle": capitalised,
	"gen": capitalised, "lt": always, "col": capitalised, "maj": capitalised, "sgt": always, "cpl": always, "capt": always, "cmdr": always, "cdr": capitalised,
	"adm": capitalised, "brig": capitalised, "pvt": always, "pfc": always, "spc": capitalised, "spec": capitalised, "ens": capitalised, "comdr": always, "ltc": capitalised,
	"gov": capitalised, "sen": capitalised, "sens": capitalised, "rep": capitalised, "reps": capitalised, "pres": capitalised, "amb": capitalised, "atty": capitalised, "supt": capitalised, "insp": capitalised, "det": capitalised, "sec": capitalised, "min": capitalised,
	"rev": capitalised, "hon": capitalised, "msgr": always, "st": capitalised, "ste": capitalised, "ft": capitalised, "mt": capitalised,
	"jr": always, "sr": capitalised, "ret": capitalised, "esq": always, "bros": capitalised,
	"inc": capitalised, "corp": capitalised, "co": capitalised, "ltd": always, "cos": capitalised, "plc": capitalised, "dept": always, "univ": capitalised, "assn": always,
	"jan": always, "feb": always, "mar": beforeDigit, "apr": always, "may": beforeDigit, "jun": beforeDigit, "jul": beforeDigit, "aug": always, "sept": always, "sep": always, "oct": always, "nov": always, "dec": always, "june": beforeDigit, "july": beforeDigit,
	"mon": beforeDigit, "tue": beforeDigit, "tues": beforeDigit, "wed": beforeDigit, "thu": beforeDigit, "thur": beforeDigit, "thurs": beforeDigit, "fri": beforeDigit, "sat": beforeDigit, "sun": beforeDigit,
	"no": beforeDigit, "nos": beforeDigit, "art": beforeDigit, "fig": beforeDigit, "para": beforeDigit, "p": beforeDigit, "pp": always, "vol": beforeDigit, "ca": beforeDigit,
	"vs": always, "etc": always, "approx": always, "est": beforeDigit, "al": beforeDigit, "viz": always, "cf": always, "incl": always,
	"ave": capitalised, "blvd": always, "rd": capitalised, "ariz": capitalised, "calif": capitalised, "colo": capitalised, "conn": capitalised, "fla": capitalised, "ga": capitalised,
	"ill": capitalised, "ind": capitalised, "kan": capitalised, "ky": capitalised, "la": beforeDigit, "mass": capitalised, "md": capitalised, "mich": capitalised, "minn": capitalised, "miss": capitalised, "mo": capitalised,
	"neb": capitalised, "nev": capitalised, "okla": capitalised, "ore": capitalised, "pa": capitalised, "tenn": capitalised, "tex": capitalised, "va": capitalised, "vt": capitalised, "wash": capitalised, "wis": capitalised, "wyo": capitalised,
	"ph.d": always, "km": beforeDigit, "sq": always,
}

// endsSentence holds the abbreviations, without their point, that often end a
// sentence too; before others a capital never begins a new one.
var endsSentence = map[string]bool{
	"jr": true, "sr": true, "inc": true, "corp": true, "co": true, "ltd": true, "plc": true, "etc": true, "cos": true, "bros": true,
	"jan": true, "feb": true, "aug": true, "sept": true, "sep": true, "oct": true, "nov": true, "dec": true, "dept": true, "ave": true, "blvd": true,
	"calif": true, "fla": true, "mass": true, "va": true, "pa": true, "ga": true, "md": true, "tenn": true, "ariz": true, "colo": true, "conn": true, "mich": true, "minn": true, "wash": true,
}

// starters are words that, capitalised, begin a sentence behind "U.S." and the
// like, where a name would not.
var starters = map[string]bool{
	"the": true, "a": true, "an": true, "in": true, "on": true, "at": true, "he": true, "she": true, "it": true, "they": true, "we": true, "i": true, "but": true, "and": true, "or": true,
	"this": true, "that": true, "these": true, "those": true, "there": true, "when": true, "while": true, "after": true, "before": true, "as": true, "if": true, "its": true, "his": true, "her": true, "their": true,
	"meanwhile": true, "however": true, "also": true, "earlier": true, "later": true, "last": true, "since": true, "some": true, "many": true, "most": true, "both": true, "another": true, "other": true, "although": true, "though": true,
	"for": true, "from": true, "with": true, "by": true, "to": true, "no": true, "not": true, "so": true, "yet": true, "then": true, "now": true, "officials": true, "under": true, "during": true, "despite": true, "according": true, "one": true, "two": true, "three": true, "what": true, "who": true, "how": true, "why": true,
}
