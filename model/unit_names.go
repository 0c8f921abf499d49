package model

import "cmp"

// UnitNames are an account's own names of units, by the unit. SmartBill tells capitals from small letters in them.
type UnitNames map[Unit]string

// Of is the unit's name on the invoice: the account's own, else the Romanian one.
func (n UnitNames) Of(unit Unit) string { return cmp.Or(n[unit], unit.Romanian()) }

// translatedUnits are the names of the units in the languages of Languages, but for Romanian.
var translatedUnits = map[string]map[Unit]string{
	"EN": {UnitHour: "hour", UnitDay: "day", UnitItem: "piece"},
	"DE": {UnitHour: "Stunde", UnitDay: "Tag", UnitItem: "Stück"},
	"FR": {UnitHour: "heure", UnitDay: "jour", UnitItem: "pièce"},
	"IT": {UnitHour: "ora", UnitDay: "giorno", UnitItem: "pezzo"},
	"ES": {UnitHour: "hora", UnitDay: "día", UnitItem: "unidad"},
}

// In is the unit's name in a language of Languages, "" for Romanian, the account's own language and an unknown one.
func (u Unit) In(language string) string { return translatedUnits[language][u] }
