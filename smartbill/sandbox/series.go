package sandbox

import (
	"net/http"
	"slices"
)

type seriesList struct {
	envelope

	List []seriesItem `json:"list"`
}

type seriesItem struct {
	Name       string     `json:"name"`
	NextNumber int        `json:"nextNumber"`
	Type       SeriesType `json:"type"`
}

// listSeries answers GET /series, of one type or of all.
func (s *Server) listSeries(c *call) answer {
	firm, err := s.queriedCompany(c)
	if err != nil {
		return c.failure(err, plainShape)
	}
	kind := SeriesType(c.query.Get("type"))
	if kind != "" && !slices.Contains([]SeriesType{InvoiceSeries, EstimateSeries, ReceiptSeries}, kind) {
		return c.failure(refused("Tipul documentului nu poate fi %s! Parametrul type poate lua valorile: "+
			"'f' pentru factura, 'p' pentru proforma si 'c' pentru chitanta.", kind), plainShape)
	}
	result := seriesList{List: []seriesItem{}}
	for _, series := range firm.Series {
		if kind == "" || series.Type == kind {
			result.List = append(result.List, seriesItem{series.Name, series.NextNumber, series.Type})
		}
	}
	return jsonAnswer(http.StatusOK, result)
}
