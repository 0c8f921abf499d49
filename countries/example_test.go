package countries_test

import (
	"fmt"

	"cadensa/countries"
)

func ExampleSearch() {
	for _, query := range []string{"ro", "roman", "Románia", "romn", "rou", "anglia", "törokorszag", "germny"} {
		best := countries.Search(query)[0]
		fmt.Println(query, "→", best.Country.Code, best.Country.Label(), best.Positions)
	}
	// Output:
	// ro → RO Románia (Romania) [0 1]
	// roman → RO Románia (Romania) [0 1 2 3 4]
	// Románia → RO Románia (Romania) [0 1 2 3 4 5 6]
	// romn → RO Románia (Romania) [0 1 2 4]
	// rou → RO Románia (Romania) []
	// anglia → GB Egyesült Királyság (United Kingdom) []
	// törokorszag → TR Törökország (Türkiye) [0 1 2 3 4 5 6 7 8 9 10]
	// germny → DE Németország (Germany) [13 14 15 16 18 19]
}

func ExampleByCode() {
	country, ok := countries.ByCode("de")
	fmt.Println(country.Label(), ok)
	// Output: Németország (Germany) true
}

func ExampleRomanianName() {
	fmt.Println(countries.RomanianName("RO"))
	fmt.Println(countries.RomanianName("CH"))
	// Output:
	// Romania
	// Elveția
}
