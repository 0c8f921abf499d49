package billto_test

import (
	"context"
	"testing"
	"time"
)

func TestBurstIsWrittenOnce(t *testing.T) {
	book := newProgram()
	play(t, book, 80, 24, func(s *harness) {
		s.Type("Studio Ștefan")
		s.Elapse(200 * time.Millisecond)
		if len(book.kept) != 0 {
			t.Errorf("%d writes before the form rested", len(book.kept))
		}
		s.Elapse(200 * time.Millisecond)
		if len(book.kept) != 1 || book.last().Client.Name != "Studio Ștefan" {
			t.Errorf("kept %+v", book.kept)
		}
	})
}

func TestSlowWritesDoNotOvertake(t *testing.T) {
	book := newProgram()
	play(t, book, 80, 24, func(s *harness) {
		book.delay = 2 * time.Second
		for _, letter := range "abcd" {
			s.Type(string(letter))
			s.Elapse(400 * time.Millisecond)
		}
		s.Elapse(10 * time.Second)
		if book.overlap > 0 {
			t.Errorf("%d writes ran beside another", book.overlap)
		}
		if len(book.kept) != 2 || book.kept[0].Client.Name != "a" || book.last().Client.Name != "abcd" {
			t.Errorf("kept %+v", book.kept)
		}
	})
}

func TestEndKeepsWhatWasNotWritten(t *testing.T) {
	book := newProgram()
	play(t, book, 80, 24, func(s *harness) {
		s.Type("Studio")
		if err := s.end(context.Background()); err != nil {
			t.Fatal(err)
		}
		if got := book.last().Client.Name; got != "Studio" {
			t.Errorf("the end kept %q", got)
		}
	})
}

func TestEndWritesNothingTwice(t *testing.T) {
	book := newProgram()
	play(t, book, 80, 24, func(s *harness) {
		s.Type("Studio")
		s.Elapse(time.Second)
		if err := s.end(context.Background()); err != nil {
			t.Fatal(err)
		}
		if len(book.kept) != 1 {
			t.Errorf("%d writes of one change", len(book.kept))
		}
	})
}

// The write that is under way is cancelled, and the last one follows it.
func TestEndComesAfterTheWriteUnderWay(t *testing.T) {
	book := newProgram()
	play(t, book, 80, 24, func(s *harness) {
		book.delay = 5 * time.Second
		s.Type("a")
		s.Elapse(time.Second).Type("b")
		if err := s.end(context.Background()); err != nil {
			t.Fatal(err)
		}
		if book.overlap > 0 || book.last().Client.Name != "ab" {
			t.Errorf("%d overlaps, kept %+v", book.overlap, book.kept)
		}
	})
}

func TestEndGivesUpWithItsContext(t *testing.T) {
	book := newProgram()
	play(t, book, 80, 24, func(s *harness) {
		book.delay = time.Minute
		s.Type("a")
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := s.end(ctx); err == nil {
			t.Error("a write that did not end is reported as done")
		}
	})
}
