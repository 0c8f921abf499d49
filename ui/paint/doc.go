// Package paint draws a changed view at once. Bubble Tea v1 draws on a ticker: a key waits for the next tick, and an
// idle program wakes hundreds of times a second for ever. A program of this package draws from the event loop, when a
// message has changed the view, and sleeps otherwise. The model stays an ordinary tea.Model whose View returns text.
//
// # How
//
// Bubble Tea keeps the terminal: raw mode, the alternate screen, paste, signals, suspension, child programs, panics and
// the way back. Its output is the real file, so that a child program gets a terminal too. Only the drawing is taken
// from it, by a model wrapped around the program's own:
//
//   - The null frame. Bubble Tea's renderer must have a view; a file that swallowed its frames would be no terminal to
//     a child program. So the wrapper's View always returns the reset of colours, which changes no cell. The renderer
//     leaves out a view that it has drawn already, hence writes it once at the start and once after each clearing.
//   - The hidden size. A renderer that knows the window's width erases the rest of each row that it draws. The wrapper
//     lets a filter rename the message that carries the size before the renderer sees it, and names it back for the
//     model. A renderer that knows no width neither erases nor cuts: the null frame is harmless at any moment.
//   - The frame. Bubble Tea calls View after every message. The wrapper then asks the model for its view, compares it
//     row by row with what the terminal shows, and writes the rows that differ, in one write.
//   - The gap. A second frame within Gap of the end of the last write is put off: one timer sends a message to the
//     event loop, and the model is not even asked meanwhile. So the first key of many is answered at once, the rest
//     as fast as the terminal takes frames, and the last state is always shown. Counting from the end of the write
//     keeps a slow line from falling behind the keys.
//   - No goroutine paints. Update and View run on the event loop, which stands still while the terminal is lent to a
//     child program or to the shell and has ended before Bubble Tea gives the terminal back: nothing can be drawn over
//     an editor or over the prompt, and no lock is needed. Whole writes to one *os.File exclude each other, so Bubble
//     Tea's mode switches fall between frames, never inside one.
//   - The whole repaint. After a message that spoils the screen every row is written anew, without clearing first:
//     resize, focus, clear, resumption, child program. Bubble Tea acts on such a message before it calls Update.
//   - Continued from outside. After `kill -STOP` and `fg` Bubble Tea does not know that the shell had the terminal.
//     SIGCONT makes the wrapper release and take it again, unless the program had lent it away itself.
//
// # What it leans on
//
// Each behaviour was verified on Bubble Tea v1.3.10, which go.mod pins for this reason, and has a test that fails when
// it changes:
//
//   - an unchanged view is not drawn again; without a size nothing is erased or cut; a reset of colours passes
//     unchanged; filters run before the renderer sees a message (TestBubbleTeaDrawsNothing),
//   - WithFPS(1) makes the ticker slow (TestTickerIsSlow),
//   - clear, alternate screen, child program and suspension reach Update after they took effect (TestWholeFrameAfter,
//     TestSuspend; Bubble Tea also tells the size when it takes the terminal again, which repaints once more),
//   - an output that is a terminal gets raw mode and the size (TestTerminalIsTaken),
//   - Update and View run on one goroutine, View after every message (TestOneGoroutine, TestBurst),
//   - ReleaseTerminal and RestoreTerminal may be called from Update (TestContinuedFromOutside),
//   - a child program gets the terminal itself (TestChildGetsTerminal),
//   - every end gives the terminal back (TestTerminalIsGivenBack).
//
// # Limits
//
// A style ends with its row. Tabs skip cells without clearing them: the model must expand them. Printing above the
// program does nothing, as always on the alternate screen. A terminal that reports no size is not drawn on.
package paint
