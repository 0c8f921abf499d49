package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// cancel answers PUT …/cancel; cancelling twice is no error.
func (s *Server) cancel(kind SeriesType) func(*call) answer {
	return func(c *call) answer {
		_, doc, err := s.queriedDocument(c, kind)
		if err != nil {
			return c.failure(err, plainShape)
		}
		if doc.cancelled {
			return done("%s %s este deja anulata.", doc)
		}
		doc.cancelled = true
		return done("%s cu seria si numarul %s a fost anulata cu succes.", doc)
	}
}

// restore answers PUT …/restore; restoring twice is no error.
func (s *Server) restore(kind SeriesType) func(*call) answer {
	return func(c *call) answer {
		_, doc, err := s.queriedDocument(c, kind)
		if err != nil {
			return c.failure(err, plainShape)
		}
		if !doc.cancelled {
			return done("%s %s nu necesita restaurare.", doc)
		}
		doc.cancelled = false
		return done("%s cu seria si numarul %s a fost restaurata cu succes.", doc)
	}
}

// remove answers DELETE: the last of a series goes, and its number is free
// again. That this holds for proformas too is only said by the older
// description.
func (s *Server) remove(kind SeriesType) func(*call) answer {
	return func(c *call) answer {
		firm, doc, err := s.queriedDocument(c, kind)
		if err != nil {
			return c.failure(err, plainShape)
		}
		if !firm.isLast(doc) {
			return c.failure(c.notLast(doc.Series, doc.Number), plainShape)
		}
		firm.forget(doc)
		return done("%s cu seria si numarul %s a fost stearsa cu succes.", doc)
	}
}

func (c *call) notLast(series, number string) error {
	if c.variants.has(RefusesDeletionWith400) {
		return refused("Documentul cu seria si numarul %s nu este ultimul din serie!", series+number)
	}
	return refusedWith(http.StatusForbidden, fmt.Sprintf(
		"Nu poti sterge documentul cu seria si numarul %s %s, deoarece nu este ultimul din serie!", series, number))
}

func done(format string, doc *document) answer {
	return jsonAnswer(http.StatusOK, envelope{Message: fmt.Sprintf(format, words(doc.kind).nominative, doc.reference())})
}

// queriedDocument finds the document that cif, seriesname and number name. The
// parameters are case-sensitive: seriesName is as good as none.
func (s *Server) queriedDocument(c *call, kind SeriesType) (*company, *document, error) {
	firm, err := s.queriedCompany(c)
	if err != nil {
		return nil, nil, err
	}
	number, series, called := c.query.Get("number"), c.query.Get("seriesname"), words(kind)
	switch {
	case number == "":
		return nil, nil, refused("Numarul %s trebuie specificat in url in parametrul 'number'!", called.genitive)
	case series == "":
		return nil, nil, refused("Seria %s trebuie specificata in url in parametrul 'seriesname'!", called.genitive)
	}
	doc := firm.find(kind, series, number)
	if doc == nil {
		return nil, nil, refused("%s cu seria si numarul %s nu a fost gasita!", called.nominative, series+number)
	}
	return firm, doc, nil
}

// hideDocuments lets the companies find no document until the returned function is called.
func (a *account) hideDocuments() (show func()) {
	set := func(hidden bool) {
		for _, firm := range a.companies {
			firm.findsNothing = hidden
		}
	}
	set(true)
	return func() { set(false) }
}

func (c *company) isLast(doc *document) bool {
	number, err := strconv.Atoi(doc.Number)
	return err == nil && number == c.series(doc.Series, doc.kind).NextNumber-1
}

// last is the document that has the last number of a series, nil if there is none.
func (c *company) last(kind SeriesType, series string) *document {
	for _, doc := range c.documents {
		if doc.kind == kind && doc.Series == series && c.isLast(doc) {
			return doc
		}
	}
	return nil
}

// forget removes a document and what was paid for it. The last of a series gives its number back.
func (c *company) forget(doc *document) {
	if c.isLast(doc) {
		c.series(doc.Series, doc.kind).NextNumber--
	}
	c.documents = slices.DeleteFunc(c.documents, func(kept *document) bool { return kept == doc })
	for _, kept := range c.payments {
		kept.shares = slices.DeleteFunc(kept.shares, func(part share) bool { return part.invoice == doc })
	}
	if doc.reverses != nil && doc.reverses.reversedBy == doc {
		doc.reverses.reversedBy = nil
	}
}
