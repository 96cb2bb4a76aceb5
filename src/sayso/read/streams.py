"""Streams of a file's decompressed bytes, under a limit, that never hold more than a buffer.

A bomb is cut off while it unpacks: `read` stops at the limit and raises. A truncated gzip or zstd
file raises where its bytes end.

Bytes after the last member of a gzip file: zeros are padding (a tape's blocks, some archives) and
nothing, as for gzip(1). Others gzip(1) warns of and ignores. Here what stands before them, which
its checksum says is whole, is read, and they are a failure row beside it (`has_rest`): they may be
the remains of a further member, and nothing that a file held is lost in silence.
"""

from __future__ import annotations

import codecs
import io
import zlib
from typing import IO, cast

import zstandard

from sayso.errors import ReadError

CHUNK_BYTES = 1 << 16
MAX_ZSTD_WINDOW_BYTES = 1 << 27  # what the zstd command itself accepts without being asked
PACKINGS = {".gz": "gzip", ".gzip": "gzip", ".zst": "zstd", ".zstd": "zstd"}
_GZIP_WBITS = 16 + zlib.MAX_WBITS  # a header and a checksum as gzip has them
_GZIP_MAGIC, _ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class TooLargeError(ReadError):
    """More bytes than allowed; raised in the middle of a stream."""


class BoundedStream(io.RawIOBase):
    """The decompressed bytes of `source`, at most `limit` of them.

    packing: gzip, zstd or None. Reading raises TooLargeError past the limit and ReadError where the
    compressed data is damaged or ends too early; `OSError` of the source passes through.
    """

    def __init__(self, source: IO[bytes], packing: str | None, limit: int, about: str) -> None:
        self._limit, self._about, self._packing = limit, about, packing
        self._count = 0
        self._ready = b""
        self._source = source
        self._frames: _ZstdFrames | None = None
        self._members: _GzipMembers | None = None
        self._stream: IO[bytes]
        if packing == "gzip":
            self._members = _GzipMembers(source)
            self._stream = cast("IO[bytes]", self._members)
        elif packing == "zstd":
            self._frames = _ZstdFrames(source)
            decompressor = zstandard.ZstdDecompressor(max_window_size=MAX_ZSTD_WINDOW_BYTES)
            self._stream = decompressor.stream_reader(
                cast("IO[bytes]", self._frames), read_across_frames=True
            )
        else:
            self._stream = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self.read_some(min(len(buffer), CHUNK_BYTES))
        buffer[: len(data)] = data
        return len(data)

    @property
    def seekable_source(self) -> IO[bytes] | None:
        """The file itself, if it can be read in any order: not packed, and on a disk."""
        return self._source if self._packing is None and self._source.seekable() else None

    @property
    def has_rest(self) -> bool:
        """Say whether bytes that are not gzip data follow; known when all was read."""
        return self._members is not None and self._members.has_rest

    def read_some(self, size: int) -> bytes:
        """Return up to `size` bytes, empty at the end."""
        if not self._ready:
            return self._unpack(size)
        data, self._ready = self._ready[:size], self._ready[size:]
        return data

    def peek(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer only at the end, without moving on."""
        while len(self._ready) < size and (data := self._unpack(size - len(self._ready))):
            self._ready += data
        return self._ready[:size]

    def lower_limit(self, limit: int, about: str) -> None:
        """Allow only `limit` bytes in all; raises TooLargeError if more were read already."""
        if limit < self._limit:
            self._limit, self._about = limit, about
            self._count_more(0)

    def _unpack(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except (EOFError, zlib.error, zstandard.ZstdError) as error:
            short = isinstance(error, EOFError)
            what = "ends too early: it is truncated" if short else "is damaged"
            raise ReadError(f"the {self._packing} data {what} ({error})") from error
        if not data and self._frames is not None and not self._frames.complete:
            raise ReadError("the zstd data ends too early: it is truncated")
        self._count_more(len(data))
        return data

    def _count_more(self, count: int) -> None:
        self._count += count
        if self._count > self._limit:
            raise TooLargeError(f"larger than {self._about} ({self._limit:,} bytes decompressed)")


def read_all(stream: BoundedStream) -> bytes:
    """Return the rest of the stream; raises as `BoundedStream` does."""
    parts = []
    while chunk := stream.read_some(CHUNK_BYTES):
        parts.append(chunk)
    return b"".join(parts)


def get_packing(head: bytes) -> str | None:
    """Return the packing whose magic number `head` begins with, else None."""
    if head[:2] == _GZIP_MAGIC:
        return "gzip"
    return "zstd" if head[:4] == _ZSTD_MAGIC or _is_skippable(head) else None


def _is_skippable(head: bytes) -> bool:
    """Say whether a zstd frame begins that holds no data (pzstd and others write one first)."""
    return head[1:4] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F


class Utf8Stream(io.RawIOBase):
    """The bytes of `source`, from `encoding` to UTF-8: what is not text there becomes U+FFFD."""

    def __init__(self, source: IO[bytes], encoding: str) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            data = self._source.read(CHUNK_BYTES)
            text = self._decoder.decode(data, not data)
            self._ready = text.encode("utf-8", "replace")
            if not data:
                break
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


class _GzipMembers:
    """The unpacked data of the members of a gzip file, one after another; `gzip.GzipFile` raises
    where something else follows them, and says as little of a damaged member.

    `read` raises EOFError where the data ends inside a member, zlib.error where it is damaged.
    """

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._member = zlib.decompressobj(_GZIP_WBITS)
        self._packed = b""  # read, and not yet given to the member
        self._ended = False
        self.has_rest = False

    def read(self, size: int) -> bytes:
        while not self._member.eof or (not self._ended and self._find_member()):
            self._packed = self._packed or self._source.read(CHUNK_BYTES)
            ended = not self._packed
            data = self._member.decompress(self._packed, size)
            self._packed = self._member.unconsumed_tail
            if data:
                return data
            if ended:
                raise EOFError("there is no end of the last member")
        return b""

    def _find_member(self) -> bool:
        """Begin the next member and say whether there is one."""
        rest = self._member.unused_data.lstrip(b"\0")
        while len(rest) < len(_GZIP_MAGIC) and (more := self._source.read(CHUNK_BYTES)):
            rest = (rest + more).lstrip(b"\0")
        if rest[:2] != _GZIP_MAGIC:
            self._ended, self.has_rest = True, bool(rest)
            return False
        self._member, self._packed = zlib.decompressobj(_GZIP_WBITS), rest
        return True


class _ZstdFrames:
    """A source of zstd data that follows its frames, to know whether the last one is whole.

    python-zstandard's reader takes the end of the source for the end of the data. Layout: RFC 8878
    §3.
    """

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._head = b""  # bytes of a header that is not whole yet
        self._skip = 0  # bytes of the current block or checksum still to pass
        self._state = "frame"
        self._checksum = False

    @property
    def complete(self) -> bool:
        return self._state == "frame" and not self._head and not self._skip

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        position = 0
        while position < len(data):
            if self._skip:
                step = min(self._skip, len(data) - position)
                self._skip -= step
                position += step
                continue
            self._head += data[position : position + 1]
            position += 1
            self._take_header()
        return data

    def _take_header(self) -> None:
        head = self._head
        if self._state == "block":
            if len(head) == 3:
                self._take_block(int.from_bytes(head, "little"))
            return
        if len(head) >= 4 and _is_skippable(head):
            if len(head) == 8:  # a skippable frame
                self._head, self._skip = b"", int.from_bytes(head[4:], "little")
            return
        if len(head) < 5:
            return
        descriptor = head[4]
        single = descriptor >> 5 & 1
        size_bytes = (1 if single else 0, 2, 4, 8)[descriptor >> 6]
        if len(head) == 5 + (1 - single) + (0, 1, 2, 4)[descriptor & 3] + size_bytes:
            self._checksum = bool(descriptor & 4)
            self._state, self._head = "block", b""

    def _take_block(self, header: int) -> None:
        last, kind, size = header & 1, header >> 1 & 3, header >> 3
        self._head = b""
        self._skip = 1 if kind == 1 else size
        if last:
            self._skip += 4 if self._checksum else 0
            self._state = "frame"
