package index

import (
	"encoding/binary"
	"hash/crc32"

	"cadensa/model"
)

// EncodeEntries makes a chunk of the index.
func EncodeEntries(entries []model.Entry) ([]byte, error) { return encodeEntries(entries) }

// DecodeEntries reads a chunk of the index.
func DecodeEntries(chunk []byte) ([]model.Entry, error) { return new(chunkReader).entries(nil, chunk) }

// Sealed gives bytes the checksum of a chunk.
func Sealed(chunk []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(chunk)), chunk...)
}
