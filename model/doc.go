// Package model is the domain: tracked entries, clients, rules, invoice lines, invoices, money, VAT and tax
// numbers, with the rules that bind them. Its values are plain and its functions pure: no input or output, no clock,
// no terminal and no network. Money and hours are decimals; no float touches either.
package model
