package model

import (
	"errors"
	"fmt"
	"io/fs"
)

// ErrNoFile says that something stands where the program keeps or reads a file, and is none: a folder, a pipe, a socket, a
// device. Opening it could wait for ever, and was not tried.
var ErrNoFile = errors.New("no plain file")

// CheckFile refuses what is no plain file by its mode: ErrNoFile, with what it is instead.
func CheckFile(mode fs.FileMode) error {
	kind := "something else"
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		kind = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		kind = "a pipe (FIFO)"
	case mode&fs.ModeSocket != 0:
		kind = "a socket"
	case mode&fs.ModeDevice != 0:
		kind = "a device"
	}
	return fmt.Errorf("it is %s, %w", kind, ErrNoFile)
}
