package model_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func TestSettingsAreHeldAgainstTheAccount(t *testing.T) {
	const series, proformas, domestic, reverse, outside = model.SettingSeries, model.SettingProformaSeries, model.SettingDomesticRate,
		model.SettingReverseCharge, model.SettingOutsideEU
	const reduced, exempt = model.SettingReducedRate, model.SettingExempt
	tests := []struct {
		name   string
		change func(account *model.Account, settings *model.Preferences)
		// failed are the errors of the settings that do not fit, unset those that nobody chose.
		failed map[model.SettingName]error
		unset  []model.SettingName
	}{
		{"all as usual", func(*model.Account, *model.Preferences) {}, nil, nil},
		{"no such series", func(_ *model.Account, s *model.Preferences) { s.Series = "fct" },
			map[model.SettingName]error{series: model.ErrSeriesUnknown}, nil},
		{"a series of another type", func(_ *model.Account, s *model.Preferences) { s.ProformaSeries = "FCT" },
			map[model.SettingName]error{proformas: model.ErrSeriesUnknown}, nil},
		{"only the replaced rate", func(a *model.Account, _ *model.Preferences) {
			a.Rates = model.VATRates{tax("Normala", "19"), tax("SDD", "0"), tax("Taxare inversa", "0")}
		}, map[model.SettingName]error{domestic: model.ErrVATRateMissing}, nil},
		{"a rate that the law never had", func(a *model.Account, _ *model.Preferences) { a.Rates[0] = tax("Normala", "22") },
			map[model.SettingName]error{domestic: model.ErrVATRateUnlawful}, nil},
		{"the lawful rate under another name", func(a *model.Account, _ *model.Preferences) {
			a.Rates[0], a.Rates[2] = tax("TVA standard", "21"), tax("Normala", "19")
		}, nil, nil},
		{"a tax at 0 % for clients in Romania", func(_ *model.Account, s *model.Preferences) { s.Issuer.Rate = "SDD" },
			map[model.SettingName]error{domestic: model.ErrVATRateZero}, nil},
		{"exempt services", func(_ *model.Account, s *model.Preferences) { s.Issuer.Rate = "SFDD" }, nil, nil},
		{"exempt services beside others", func(_ *model.Account, s *model.Preferences) { s.Issuer.Usual = model.ReasonEducation }, nil, nil},
		{"exempt services, no tax for them", func(a *model.Account, s *model.Preferences) {
			a.Rates, s.Issuer.Rate = a.Rates[:6], "SFDD"
		}, map[model.SettingName]error{exempt: model.ErrVATRateMissing}, nil},
		{"exempt services, none chosen", func(a *model.Account, s *model.Preferences) {
			a.Rates, s.Issuer.Usual = a.Rates[:6], model.ReasonMedical
		}, nil, []model.SettingName{exempt}},
		{"a reduced rate that the account lacks", func(a *model.Account, s *model.Preferences) {
			a.Rates[1], s.Issuer.Usual = tax("Redusa", "9"), model.ReasonReduced
		}, map[model.SettingName]error{reduced: model.ErrVATRateMissing}, nil},
		{"no tax at 0 %, none chosen", func(a *model.Account, _ *model.Preferences) { a.Rates = a.Rates[:4] }, nil,
			[]model.SettingName{reverse, outside}},
		{"no tax at 0 %, one chosen", func(a *model.Account, s *model.Preferences) {
			a.Rates, s.Issuer.OutsideNamed = a.Rates[:4], true
		}, map[model.SettingName]error{outside: model.ErrVATRateMissing}, []model.SettingName{reverse}},
		{"a chosen tax that is not at 0 %", func(_ *model.Account, s *model.Preferences) {
			s.Issuer.ReverseChargeRate, s.Issuer.ReverseChargeNamed = "Normala", true
		}, map[model.SettingName]error{reverse: model.ErrVATRateMissing}, nil},
		{"an account without rates", func(a *model.Account, _ *model.Preferences) { a.Rates = nil },
			map[model.SettingName]error{domestic: model.ErrVATRateMissing}, []model.SettingName{reverse, outside}},
		{"nobody who pays VAT needs rates", func(a *model.Account, s *model.Preferences) {
			a.Rates, s.Issuer.Status = nil, model.VATNonPayer
		}, nil, nil},
		{"an account that was not asked", func(a *model.Account, s *model.Preferences) { *a, s.Series = model.Account{}, "XYZ" }, nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			account := model.Account{Rates: accountRates(), Asked: time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC), Series: []model.Series{
				{Name: "FCT", Kind: model.SeriesInvoice, Next: 24}, {Name: "PRO", Kind: model.SeriesProforma, Next: 7},
			}}
			settings := preparation().Preferences
			settings.ProformaSeries, settings.Issuer.ReverseChargeRate, settings.Issuer.OutsideRate = "PRO", "Taxare inversa", "SDD"
			settings.Issuer.ExemptRate = "SFDD"
			test.change(&account, &settings)
			var unset, checked []model.SettingName
			for _, check := range account.CheckSettings(settings, date(t, "2026-11-22")) {
				checked = append(checked, check.Name)
				if want := test.failed[check.Name]; !errors.Is(check.Err, want) || (check.Err != nil) != (want != nil) {
					t.Errorf("%s: %v, want %v", check.Name, check.Err, want)
				}
				if check.Unset {
					unset = append(unset, check.Name)
				}
				if fits := check.Err == nil && !check.Unset; fits && check.Rate.IsNone() && check.Series.Name == "" {
					t.Errorf("%s fits, and stands for nothing", check.Name)
				}
			}
			for name := range test.failed {
				if !slices.Contains(checked, name) {
					t.Errorf("%s is not checked", name)
				}
			}
			if diff := cmp.Diff(test.unset, unset); diff != "" {
				t.Errorf("not chosen (-want +got):\n%s", diff)
			}
		})
	}
}
