package explain

import (
	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
)

// VATReason names a reason that can be kept with a client, or said of a line: what is billed bears it.
func VATReason(reason model.Reason) say.Text { return vatReasons[reason] }

// NoVATReason names that no reason is said, for a line, which then follows its invoice.
func NoVATReason() say.Text { return say.In("as the invoice", "ca factura", "mint a számla") }

var vatReasons = map[model.Reason]say.Text{
	model.ReasonDomestic:      say.In("Romanian VAT", "TVA din România", "román áfa"),
	model.ReasonReverseCharge: say.In("reverse charge (EU company)", "taxare inversă (firmă din UE)", "fordított adózás (EU-s cég)"),
	model.ReasonOutsideEU:     say.In("not taxable in Romania", "neimpozabil în România", "Romániában nem adóköteles"),
	model.ReasonStandard:      say.In("standard rate", "cota standard", "normál kulcs"),
	model.ReasonReduced:       say.In("reduced rate (art. 291)", "cota redusă (art. 291)", "kedvezményes kulcs (291. cikk)"),
	model.ReasonEducation: say.In("exempt: courses, training (art. 292)", "scutit: cursuri, formare (art. 292)",
		"adómentes: tanfolyam, képzés (292. cikk)"),
	model.ReasonTuition: say.In("exempt: teacher's lessons (art. 292)", "scutit: meditații (art. 292)",
		"adómentes: tanári magánóra (292. cikk)"),
	model.ReasonMedical: say.In("exempt: medical care (art. 292)", "scutit: îngrijiri medicale (art. 292)",
		"adómentes: orvosi ellátás (292. cikk)"),
	model.ReasonTherapy: say.In("exempt: therapy (art. 292)", "scutit: terapie (art. 292)", "adómentes: terápia (292. cikk)"),
	model.ReasonExempt:  say.In("exempt: other (art. 292)", "scutit: altele (art. 292)", "adómentes: egyéb (292. cikk)"),
}

// supplies say what the law asks of a service, for it to bear what the reason names.
var supplies = map[model.Reason]say.Text{
	model.ReasonStandard: say.In("Romanian VAT at the standard rate", "TVA din România la cota standard", "román áfa a normál kulccsal"),
	model.ReasonReduced: say.In("Romanian VAT at the reduced rate, for what the law lists (art. 291)",
		"TVA din România la cota redusă, pentru ce enumeră legea (art. 291)",
		"román áfa a kedvezményes kulccsal, arra, amit a törvény felsorol (291. cikk)"),
	model.ReasonEducation: say.In(
		"exempt: schooling and the training of adults, by public or authorised institutions (art. 292(1)(f))",
		"scutit: învățământ și formarea adulților, de instituții publice sau autorizate (art. 292 alin. (1) lit. f))",
		"adómentes: oktatás és felnőttképzés, állami vagy engedélyezett intézménytől (292. cikk (1) f))"),
	model.ReasonTuition: say.In("exempt: private lessons by teachers (art. 292(1)(h))",
		"scutit: meditații acordate de cadre didactice (art. 292 alin. (1) lit. h))",
		"adómentes: tanárok magánórái (292. cikk (1) h))"),
	model.ReasonMedical: say.In("exempt: medical care by authorised hospitals and practices (art. 292(1)(a))",
		"scutit: îngrijiri medicale de unități autorizate (art. 292 alin. (1) lit. a))",
		"adómentes: engedélyezett intézmények orvosi ellátása (292. cikk (1) a))"),
	model.ReasonTherapy: say.In("exempt: care by medical and paramedical staff (art. 292(1)(c))",
		"scutit: îngrijiri de personal medical și paramedical (art. 292 alin. (1) lit. c))",
		"adómentes: egészségügyi és rokon szakemberek ellátása (292. cikk (1) c))"),
	model.ReasonExempt: say.In("exempt by another letter of art. 292: name it in the note",
		"scutit după altă literă a art. 292: numește-o în mențiuni",
		"a 292. cikk más pontja szerint adómentes: nevezd meg a megjegyzésben"),
}

// VATSums tells the VAT of each rate: "TVA 21 % Normala 21.00", with its base where there are several rates; nothing without VAT.
func VATSums(totals model.Totals) say.Text {
	var sums say.Text
	for _, group := range totals.Groups {
		if group.Rate.IsNone() {
			return say.Text{}
		}
		rate, tax := text.Clean(group.Rate.String()), model.FormatAmount(group.Tax)
		sum := say.Format("TVA %s %s", "TVA %s %s", "TVA %s %s", rate, tax)
		if len(totals.Groups) > 1 {
			sum = say.Format("%s on %s", "%s la %s", "%s, alapja %s", sum, model.FormatAmount(group.Base))
		}
		if !sums.IsEmpty() {
			sum = say.Format("%s, %s", "%s, %s", "%s; %s", sums, sum)
		}
		sums = sum
	}
	return sums
}
