package config

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestBadFiles(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown setting", "[invoice]\nseries = \"A\"\nserie = \"B\"\n",
			"config.toml line 3: unknown setting invoice.serie (did you mean series?)"},
		{"unknown, in other case", "[invoice]\nSeries = \"A\"\n", "config.toml line 2: unknown setting invoice.Series (did you mean series?)"},
		{"unknown and like nothing", "\ncolour = 1\n", "config.toml line 2: unknown setting colour"},
		{"unknown section", "# hello\n[invoce]\nseries = \"A\"\n", "config.toml line 2: unknown setting invoce (did you mean invoice?)"},
		{"unknown, quoted", "[invoice]\n\"a b\" = 1\n", `config.toml line 2: unknown setting invoice."a b"`},
		{"in the second rule", "[[rule]]\nprice = 1\n[[rule]]\nprice = 2\nprise = 3\n",
			"config.toml line 5: unknown setting rule[2].prise (did you mean price?)"},
		{"in braces", "[[rule]]\nprice = 1\nrounding = { steps = \"1m\" }\n",
			"config.toml line 3: unknown setting rule[1].rounding.steps (did you mean step?)"},
		{"the first of several", "theme = \"red\"\n[invoice]\nx = 1\n", `config.toml line 1: theme "red" is none of "auto", "light", "dark"`},
		{"vat status", "[invoice]\nvat_status = \"payr\"\n",
			`config.toml line 2: invoice.vat_status "payr" is none of "payer", "non-payer", "non-payer-intra-eu"`},
		{"relative folder", "[invoice]\npdf_dir = \"facturi\"\n",
			`config.toml line 2: invoice.pdf_dir "facturi" is not a full path; write "~/facturi" or begin it with /`},
		{"folder for a shell", "[invoice]\npdf_dir = \"$HOME/facturi\"\n",
			`config.toml line 2: invoice.pdf_dir "$HOME/facturi" is not a full path; write "~/facturi" or begin it with /`},
		{"relative source", "[[source]]\npath = \"hours/*.csv\"\n",
			`config.toml line 2: source[1].path "hours/*.csv" is not a full path; write "~/hours/*.csv" or begin it with /`},
		{"relative program", "[[source]]\ncommand = [\"./hours.sh\", \"x\"]\n",
			`config.toml line 2: source[1].command starts "./hours.sh" is not a full path; write "~/hours.sh" or begin it with /`},
		{"time zone", "time_zone = \"Europe/Atlantis\"\n",
			`config.toml line 1: time_zone "Europe/Atlantis" is not a time zone such as Europe/Bucharest`},
		{"time zone outside", "time_zone = \"../../etc/passwd\"\n",
			`config.toml line 1: time_zone "../../etc/passwd" is not a time zone such as Europe/Bucharest`},
		{"empty series", "[invoice]\nseries = \"  \"\n", "config.toml line 2: invoice.series must not be empty"},
		{"text as number", "[invoice]\nseries = 7\n", "config.toml line 2: invoice.series must be a text in double quotes"},
		{"flag as text", "[invoice]\nsave_client = \"yes\"\n", "config.toml line 2: invoice.save_client must be true or false, without quotes"},
		{"negative terms", "[invoice]\npayment_terms_days = -1\n",
			"config.toml line 2: invoice.payment_terms_days must be a whole number from 0 to 366, without quotes"},
		{"one decimal", "[invoice]\nquantity_decimals = 1\n",
			"config.toml line 2: invoice.quantity_decimals must be a whole number from 2 to 6, without quotes"},
		{"seven decimals", "[invoice]\nquantity_decimals = 7\n",
			"config.toml line 2: invoice.quantity_decimals must be a whole number from 2 to 6, without quotes"},
		{"terms as text", "[invoice]\npayment_terms_days = \"30\"\n",
			"config.toml line 2: invoice.payment_terms_days must be a whole number from 0 to 366, without quotes"},
		{"currency", "[invoice]\ncurrency = \"lei\"\n",
			`config.toml line 2: invoice.currency "lei" is not a currency that SmartBill knows, such as RON or EUR`},
		{"duration without unit", "[invoice]\nsettle_after = \"2\"\n",
			`config.toml line 2: invoice.settle_after must be a time from "0s" to "24h" in quotes, such as "15m" or "1h30m"`},
		{"negative duration", "[invoice]\nsettle_after = \"-2m\"\n",
			`config.toml line 2: invoice.settle_after must be a time from "0s" to "24h" in quotes, such as "15m" or "1h30m"`},
		{"section as value", "invoice = 1\n", "config.toml line 1: invoice must be a section: a line [invoice] with its settings below"},
		{"list as section", "[rule]\nprice = 1\n", "config.toml line 1: rule must be a list of sections, each beginning with a line [[rule]]"},
		{"source without place", "[[source]]\nformat = \"csv\"\n", "config.toml line 1: source[1] needs a path or a command, and not both"},
		{"source with two places", "\n[[source]]\npath = \"/a\"\ncommand = [\"b\"]\n",
			"config.toml line 2: source[1] needs a path or a command, and not both"},
		{"command as text", "[[source]]\ncommand = \"timew export\"\n",
			`config.toml line 2: source[1].command must be a list of texts, such as ["timew", "export"]`},
		{"date order", "[[source]]\npath = \"/a\"\ndate_order = \"ymd\"\n",
			`config.toml line 3: source[1].date_order "ymd" is none of "", "dmy", "mdy"`},
		{"encoding", "[[source]]\npath = \"/a\"\nencoding = \"cp1250\"\n",
			`config.toml line 3: source[1].encoding "cp1250" is none of "", "utf-8", "utf-16le", "utf-16be", "windows-1250", ` +
				`"windows-1251", "windows-1252", "windows-1254", "iso-8859-1", "iso-8859-2", "iso-8859-15", "iso-8859-16", "macintosh", "ibm852"`},
		{"open glob", "[[source]]\npath = \"/a\"\nclient_tag = \"[a\"\n",
			`config.toml line 3: source[1].client_tag "[a" is not a pattern: a [ or \ is not closed`},
		{"tag of no text", "[[source]]\npath = \"/a\"\nclient_tag = [3]\n",
			`config.toml line 3: source[1].client_tag must be a pattern such as "client:*", or a list of them`},
		{"unit", "[[rule]]\nprice = 1\nunit = \"week\"\n", `config.toml line 3: rule[1].unit "week" is none of "hour", "day", "item"`},
		{"rule's currency", "[[rule]]\nprice = 1\ncurrency = \"XXX\"\n",
			`config.toml line 3: rule[1].currency "XXX" is not a currency that SmartBill knows, such as RON or EUR`},
		{"rule's glob", "[[rule]]\nprice = 1\nproject = \"a[\"\n",
			`config.toml line 3: rule[1].project "a[" is not a pattern: a [ or \ is not closed`},
		{"no price", "\n[[rule]]\nunit = \"hour\"\n", `config.toml line 2: rule[1].price must be a number in quotes, such as "250.00" or "0.5"`},
		{"float price", "[[rule]]\nprice = 250.00\n", `config.toml line 2: rule[1].price must be a number in quotes, such as "250.00" or "0.5"`},
		{"negative price", "[[rule]]\nprice = -5\n", `config.toml line 2: rule[1].price must be a number in quotes, such as "250.00" or "0.5"`},
		{"price with two readings", "[[rule]]\nprice = \"1.250\"\n",
			`config.toml line 2: rule[1].price "1.250" can mean "1250" or "1.25": write one of the two`},
		{"price with a comma", "[[rule]]\nprice = \"1,255\"\n",
			`config.toml line 2: rule[1].price "1,255" can mean "1255" or "1.2550": write one of the two`},
		{"price of people", "[[rule]]\nprice = \"1,250.50\"\n", `config.toml line 2: rule[1].price must be a number in quotes, such as "250.00" or "0.5"`},
		{"exponent price", "[[rule]]\nprice = \"1e99999999\"\n",
			`config.toml line 2: rule[1].price must be a number in quotes, such as "250.00" or "0.5"`},
		{"direction", "[[rule]]\nprice = 1\n[[rule]]\nprice = 1\nrounding = { step = \"1m\", direction = \"sideways\" }\n",
			`config.toml line 5: rule[2].rounding.direction "sideways" is none of "up", "nearest", "down"`},
		{"direction in a section", "[[rule]]\nprice = 1\n[rule.rounding]\n\ndirection = \"sideways\"\n",
			`config.toml line 5: rule[1].rounding.direction "sideways" is none of "up", "nearest", "down"`},
		{"scope", "[[rule]]\nprice = 1\nrounding = { scope = \"week\" }\n",
			`config.toml line 3: rule[1].rounding.scope "week" is none of "entry", "day", "line"`},
		{"half a second", "[[rule]]\nprice = 1\nrounding = { step = \"500ms\" }\n",
			`config.toml line 3: rule[1].rounding.step must be a time from "0s" to "24h" in quotes, such as "15m" or "1h30m"`},
		{"days of an hour rule", "[[rule]]\nprice = 1\ndays = [{ at_least = \"1h\", days = \"1\" }]\n",
			`config.toml line 3: rule[1].days needs unit = "day"`},
		{"threshold without hours", "[[rule]]\nunit = \"day\"\nprice = 1\ndays = [{ days = \"1\" }]\n",
			"config.toml line 4: rule[1].days[1].at_least is missing"},
		{"days as number", "[[rule]]\nunit = \"day\"\nprice = 1\n[[rule.days]]\nat_least = \"6h\"\ndays = 0.5\n",
			`config.toml line 6: rule[1].days[1].days must be a number in quotes, such as "250.00" or "0.5"`},
		{"plain http", "[smartbill]\nbase_url = \"http://example.com\"\n",
			"config.toml line 2: smartbill.base_url must begin with https://, unless it is this computer's own"},
		{"other scheme", "[smartbill]\nbase_url = \"ftp://example.com\"\n",
			"config.toml line 2: smartbill.base_url must begin with https://, unless it is this computer's own"},
		{"no host", "[smartbill]\nbase_url = \"example\"\n",
			"config.toml line 2: smartbill.base_url must be an address such as https://ws.smartbill.ro/SBORO/api"},
		{"password in the address", "[smartbill]\nbase_url = \"https://me:pw@example.com\"\n",
			"config.toml line 2: smartbill.base_url must not hold a user or a password"},
		{"token as number", "[smartbill]\ntoken = 123456\n", "config.toml line 2: smartbill.token must be a text in double quotes"},
		{"no closing quote", "[invoice]\nseries = \"FCT\ncurrency = \"RON\"\n", "config.toml line 2: a closing quotation mark is missing"},
		{"no quotes", "[invoice]\nseries = FCT\n",
			`config.toml line 2: this is not a setting: texts stand in double quotes, as in series = "FCT"`},
		{"no equals sign", "[invoice]\nseries \"FCT\"\n", "config.toml line 2: an = is missing between a setting and its value"},
		{"day of supply", "[invoice]\nsupply_date = \"invoice\"\n",
			`config.toml line 2: invoice.supply_date "invoice" is none of "", "work", "report"`},
		{"open header", "[invoice\nseries = \"FCT\"\n", "config.toml line 1: the name in brackets is not closed or is empty"},
		{"twice", "[invoice]\nseries = \"A\"\nseries = \"B\"\n", "config.toml line 3: invoice.series is set twice"},
		{"section twice", "[invoice]\n[invoice]\n", "config.toml line 2: invoice is set twice"},
		{"open list", "[[source]]\ncommand = [\"a\"\n", "config.toml line 2: a list lacks a comma or its closing ]"},
		{"backslash", "[invoice]\npdf_dir = \"C:\\Users\"\n", `config.toml line 2: a backslash is written twice in a text, as in "C:\\Invoices"`},
		{"not UTF-8", "theme = \"\xff\"\n", "config.toml line 1: the file is not UTF-8 text"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Load(write(t, test.text))
			if err == nil {
				t.Fatal("the file was accepted")
			}
			if err.Error() != test.want {
				t.Errorf("got  %s\nwant %s", err, test.want)
			}
			if _, ok := errors.AsType[*FileError](err); !ok {
				t.Errorf("%T is not a *FileError", err)
			}
		})
	}
}

func TestUnknownSettingIsMatchable(t *testing.T) {
	_, err := Load(write(t, "[invoice]\nserie = \"B\"\n"))
	failure, ok := errors.AsType[*FileError](err)
	if !ok || !errors.Is(err, ErrUnknownSetting) || failure.Line != 2 || failure.Key != "invoice.serie" {
		t.Errorf("got %#v", failure)
	}
}

func TestGoodValues(t *testing.T) {
	for _, line := range []string{
		"theme = \"light\"", "theme = \"dark\"", "time_zone = \"UTC\"",
		"invoice.vat = \"21%\"", "invoice.vat_status = \"non-payer\"", "invoice.supply_date = \"report\"", "invoice.payment_terms_days = 0",
		"smartbill.base_url = \"http://127.0.0.1:8080/api/\"", "smartbill.base_url = \"http://[::1]:8080\"",
		"rule = [{ price = \"0.0125\", unit = \"item\" }]",
		"rule = [{ price = \"1\", rounding = { step = \"1h30m\", direction = \"nearest\", scope = \"day\" } }]",
		"rule = [{ price = \"1\", rounding = { direction = \"down\", scope = \"line\" } }]",
	} {
		if _, err := Load(write(t, line+"\n")); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// TestErrorsNeverHoldTheToken writes the token in every wrong way.
func TestErrorsNeverHoldTheToken(t *testing.T) {
	for _, form := range []string{
		"[smartbill]\ntoken = %s\n", "[smartbill]\ntoken = \"%s\n", "[smartbill]\ntoken = '%s\n",
		"[smartbill]\ntoken = \"%s\\u12\"\n", "[smartbill]\ntoken = \"\"\"%s\n", "[smartbill]\ntoken = \"%s\" x\n",
		"[smartbill]\ntokn = \"%s\"\n", "[smartbill]\ntoken = [\"%s\"]\n", "[smartbill]\ntoken_command = \"%s\"\n",
		"[smartbill]\ntoken_command = [\"\", \"%s\"]\n", "[smartbill]\nbase_url = \"%s\"\n",
		"[smartbill]\nbase_url = \"https://a:%s@example.com/\"\n", "[smartbill]\nemail = [\"%s\"]\n", "smartbill = \"%s\"\n",
		"[smartbill]\n%s\n", "[smartbill]\ntoken %s\n", "[smartbill]\ntoken = \"%s\"\n[invoice]\nx = 1\n",
	} {
		for _, token := range []string{secret, "0123456789012345678901234567890", "1.5e77", "2026-99-99", "0xzzzz11"} {
			_, err := Load(write(t, fmt.Sprintf(form, token)))
			if err == nil {
				t.Errorf("%q was accepted", form)
				continue
			}
			for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
				if strings.Contains(text, token[:5]) {
					t.Errorf("%q: the error holds the token: %s", form, text)
				}
			}
		}
	}
}

func TestSettingsNeverPrintTheToken(t *testing.T) {
	settings, err := Load(write(t, "[smartbill]\ntoken = \""+secret+"\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if settings.SmartBill.Token.Reveal() != secret {
		t.Fatal("the token was not read")
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if text := fmt.Sprintf(verb, settings); strings.Contains(text, secret) {
			t.Errorf("%s prints the token", verb)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		"", "[invoice]\nseries = \"A\" # x\n", "[[rule]]\nprice = 1\nrounding = { step = \"1m\" }\n[rule.x]\n",
		"a.\"b c\".d = [1, \"\"\"x\ny\"\"\", { z = 'q' }] # end", "\xef\xbb\xbftheme = \"dark\"\r\n", "[a]\n[[a.b]]\n[[a.b]]\nc=1",
		"[smartbill]\ntoken = " + secret, "\"\" = ''''''", "x = '''\n''''", "=", "[", "[[", "a =", "\"", "a = {b = [",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found := scan(text)
		for _, statement := range found.statements {
			found.isMultiline(statement)
			found.indent(statement)
		}
		if _, err := parse("config.toml", text); err != nil && err.Error() == "" {
			t.Error("an error without words")
		}
	})
}
