package countries_test

import (
	"strings"
	"testing"

	"cadensa/countries"
)

// What people type, and whom they mean. "|" parts inputs.
//

var rankings = map[string]string{
	"codes": `
RO ro|RO|Ro|rou|ROU
HU hu|hun
DE de|deu
AT at|aut
AU au|aus
US us|usa
GB gb|gbr
CH ch|che
SE se|swe
SI si|svn
SK sk|svk
IS is
IN in|ind
IE ie|irl
ES es|esp
EE ee|est
MA ma|mar
MC mc|mco
AR ar
SV sv|slv
MU mus
XK xk|xkx|XKK
GR gr|grc|el|EL
GB uk|UK|U.K.`,

	"whole names": `
RO Románia|Romania|România|ROMANIA|romînia
HU Magyarország|Hungary|Ungaria
DE Németország|Germany|Germania
AT Ausztria|Austria
AU Ausztrália|Australia
FR Franciaország|France|Franța
CH Svájc|Switzerland|Elveția
NL Hollandia|Netherlands|Țările de Jos
NE Niger
NG Nigeria|Nigéria
GN Guinea|Guineea
PG Papua New Guinea|Pápua Új-Guinea
DM Dominica|Dominika
DO Dominican Republic
IE Ireland|Irlanda
GE Georgia|Grúzia
WS Samoa
TR Türkiye|Turcia|Törökország
CI Côte d’Ivoire|Côte d'Ivoire
TT Trinidad & Tobago|Trinidad and Tobago|Trinidad és Tobago`,

	"without diacritics or punctuation": `
RO románia
HU magyarorszag
TR torokorszag|turkiye
CH elvetia|svajc
FR franta
ES spanyolorszag
AM ormenyorszag
NZ uj zeland|új-zéland
KR del korea|del-korea
CW curacao
ST sao tome si principe
RE reunion
AX aland|aland islands
CI cote divoire|cote d ivoire
FR franţa|FRANŢA
BA bosnia si hertegovina|Bosnia şi Herţegovina`,

	"beginnings": `
RO roman|romani|rom
HU magy|ungar|hungar
DE nemet|germ
AT austri|auszt
PL leng|polo
CZ cseh|czech
SK szlovak|slovak
SI szloven|sloven
UA ukr|ucr
HR horv|croat
RS szerb|serb
BG bulg
IT olasz|ital
NO norv|norw
LU luxem`,

	"beginnings of words": `
US united s
GB united k|uni king|kingdom|king
AE united a|arab e
ZA south africa|africa south|afric
KR south korea|korea south|korea, south
KP north korea|korea north|eszak korea
MD moldova republica|Moldova, Republic of
NZ zeland|zealand
SA saudi
CF central african
CD congo kin
TW chinese taip`,

	"letters left out": `
RO romn|rmnia|romnia
HU hngry|hungry|magyrorszag
DE grmny|germny|nemtorszag
NL nthrlnds|netherland
CH switzrland|swtzrlnd
FR frnce|frnc
HK hongkong
SM sanmarino
PR puertorico
KG kyrgystan
LI lichtenstein
AZ azerbajan
BE belgum|belgim
MD moldva
SI slovnia`,

	"slips": `
RO romanai|romanija|rommania|romanua|ronania
HU hungari|hungery|magyarorzsag
DE germani|gremany|gernany
US untied states|amercia
GB untied kingdom|unted kingdon|united kingdum
CH swizterland|switserland
PL polnad|polend
PT portugla|portugual
SE sweeden|swedne
FR frnace|farnce
PH phillipines|philipines|philippnes
GT guatamala
VN veitnam
CO columbia|colombai
IT itlay|itally
ES spian|spane
NZ new zeeland|new zaeland
SK slovakai
SI slovena|slovina
MY malasia|malaysa
SG singapure
LT lithunia|lituanai
GR greese|grece
TN tunesia
IL isreal
UA ukrane|ukriane
KZ kazachstan|kazakstan
BE begium`,

	"abbreviations and colloquial names": `
US U.S.A.|SUA|S.U.A.|u.s.|America|Amerika|the United States|United States of America|Amerikai Egyesült Államok|Statele Unite
GB Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Anglia|Nagy-Britannia|Marea Britanie|Scoția|Skócia
AE UAE|EAU|Emirates|the UAE|emirátusok
NL Holland|Olanda|the Netherlands|Netherlands, Kingdom of the
RU Russia|Rusia|Russian Federation|Oroszország
KR Korea|Coreea|Republic of Korea|Coreea de Sud
KP DPRK|Coreea de Nord
CD DRC|DR Congo|Democratic Republic of the Congo|Zaire|congo kinshasa
CG Congo|Republic of the Congo|congo brazzaville
VA Vatican|Holy See|Vatikán
BA Bosnia|BiH
XK Kosovo|Kosova|koszovo
MD Republica Moldova|Republic of Moldova|moldovia
TW Taiwan|Tajvan
CN PRC|People's Republic of China
ZA RSA|Dél-Afrika
SA KSA
BY Bielorusia|Fehéroroszország
SY Syrian Arab Republic
TZ United Republic of Tanzania
IR Islamic Republic of Iran
VN Viet Nam
LA Lao
BN Brunei Darussalam
LC saint lucia
BO Bolivia (Plurinational State of)`,

	"former names": `
CZ Czech Republic|Republica Cehă|Cseh Köztársaság
TR Turkey
SZ Swaziland|Eswatini|Szváziföld
MK Macedonia|Macedónia|FYROM
MM Burma|Birmania|Myanmar
CI Ivory Coast|Coasta de Fildeș
CV Cape Verde|Cabo Verde|Capul Verde
TL East Timor|Timorul de Est
MO Macau
LK Ceylon
PS Palestinian Territories|Palesztin Autonómia
HK Hong Kong SAR China
RO Rumania|Roumania`,

	"their own names": `
DE Deutschland
AT Österreich|osterreich
ES España
SE Sverige
PL Polska
HR Hrvatska
FI Suomi
DK Danmark
GR Hellas
CZ Česko
CH Schweiz|Suisse`,
}

func TestBestMatchFirst(t *testing.T) {
	inputs := 0
	for name, lines := range rankings {
		t.Run(name, func(t *testing.T) {
			for line := range strings.Lines(strings.TrimSpace(lines)) {
				code, queries, _ := strings.Cut(strings.TrimSpace(line), " ")
				for query := range strings.SplitSeq(queries, "|") {
					inputs++
					checkFirst(t, query, code)
				}
			}
		})
	}
	if inputs < 300 {
		t.Errorf("only %d inputs were tried", inputs)
	}
}

func checkFirst(t *testing.T, query, code string) {
	t.Helper()
	matches := countries.Search(query)
	if len(matches) == 0 {
		t.Errorf("%q finds nothing, want %s", query, code)
		return
	}
	if got := matches[0].Country; got.Code != code {
		t.Errorf("%q finds %s %s first, want %s", query, got.Code, got.Label(), code)
	}
}
