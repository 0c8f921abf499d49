package sandbox

import (
	"encoding/json"
	"net/http"
)

type taxList struct {
	envelope

	Taxes []taxItem `json:"taxes"`
}

type taxItem struct {
	Name       string      `json:"name"`
	Percentage json.Number `json:"percentage"`
}

// listTaxes answers GET /tax; a company that pays no VAT has none.
func (s *Server) listTaxes(c *call) answer {
	firm, err := s.queriedCompany(c)
	if err != nil {
		return c.failure(err, plainShape)
	}
	result := taxList{Taxes: []taxItem{}}
	for _, tax := range firm.Taxes {
		result.Taxes = append(result.Taxes, taxItem{Name: tax.Name, Percentage: amount(tax.Percentage)})
	}
	return jsonAnswer(http.StatusOK, result)
}
