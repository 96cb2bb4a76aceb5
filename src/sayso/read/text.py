"""From bytes to normalised text.

The order: refuse what is not text (`describe_binary`), decode (`decode`: byte order mark, UTF-8,
UTF-16, then a guess), normalise (`normalise_text`). Zero-width and bidirectional characters stay:
they are part of the print, and the terminal neutralises them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from sayso.errors import ReadError

# Random bytes hold 10 % of these control bytes; prose holds none, so the bounds are wide on both
# sides.
MAX_CONTROL_SHARE = 0.03
MAX_NUL_SHARE = 0.20
# charset-normalizer's time grows with the text; a few hundred words are enough for an answer.
GUESS_BYTES = 20_000
# Share of undecodable sequences among the non-ASCII ones below which a text still is UTF-8,
# damaged.
MAX_DAMAGE_SHARE = 0.05
# Unicode's Stream-Safe Text Format (UAX 15) allows this many combining characters in a row; longer
# runs make canonical ordering quadratic.
MAX_COMBINING_RUN = 30

_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c\x1b\x00") + b"\x7f"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "audio, video or an image"),
    (b"OggS", "audio or video"),
    (b"ID3", "audio"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LONG_NON_LATIN_RUN = re.compile(f"[^\x00-\u02ff]{{{MAX_COMBINING_RUN + 1},}}")


def describe_binary(data: bytes) -> str | None:
    """Return what `data` is if it is not text ("a PDF document", "binary data"), else None.

    UTF-16 and UTF-32 are text; so is text with stray null bytes.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if not data or _guess_wide(data) is not None:
        return None
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if controls > MAX_CONTROL_SHARE * len(data) or data.count(0) > MAX_NUL_SHARE * len(data):
        return "binary data"
    return None


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text that `data` encodes, not yet normalised.

    declared: the encoding that a page declares, tried after a byte order mark and UTF-8. Raises
    ReadError if no encoding gives text.
    """
    wide = _guess_wide(data)
    if wide is not None:
        bom = next((b for b, name in _BOMS if name == wide and data.startswith(b)), b"")
        return data[len(bom) :].decode(wide, "replace")
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(data):
        return data.decode("utf-8", "replace")
    for encoding in (declared, guess_encoding(data), "cp1252"):
        text = _try_decode(data, encoding)
        if text is not None:
            return text
    raise ReadError("no encoding found that gives text; convert it to UTF-8 first")


def guess_encoding(data: bytes) -> str:
    """Return the likely encoding of bytes, from their byte order mark or a bounded sample."""
    wide = _guess_wide(data)
    if wide is not None:
        return wide
    cut = data[: max(len(data) - 3, 0)]
    for sample in (data, cut, cut[:-1], cut[:-2]):
        try:
            sample.decode("utf-8")
            return "utf-8"
        except UnicodeDecodeError:
            continue
    if _is_damaged_utf8(data):
        return "utf-8"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, seldom needed

    best = from_bytes(_sample_non_ascii(data)).best()
    return "cp1252" if best is None or best.encoding == "ascii" else best.encoding


def normalise_text(text: str) -> str:
    r"""Return `text` in NFC, its line ends as \n, without control characters but \n and \t.

    Lone surrogates become U+FFFD; runs of more than 30 combining marks are cut to 30.
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = _DROPPED.sub("", text)
    if text.isascii():
        return text
    text = _SURROGATES.sub("\ufffd", text)
    text = _LONG_NON_LATIN_RUN.sub(_cut_combining_runs, text)
    return unicodedata.normalize("NFC", text)


def _cut_combining_runs(match: re.Match[str]) -> str:
    kept, run = [], 0
    for char in match.group():
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= MAX_COMBINING_RUN:
            kept.append(char)
    return "".join(kept)


def _guess_wide(data: bytes) -> str | None:
    for bom, name in _BOMS[1:]:
        if data.startswith(bom):
            return name
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2 or sample.count(0) < 0.3 * len(sample):
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 8 * even and odd > 0.6 * len(sample) / 2:
        return "utf-16-le"
    if even > 8 * odd and even > 0.6 * len(sample) / 2:
        return "utf-16-be"
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Say whether bytes are UTF-8 with a few broken ones, from a sample."""
    sample = _sample_non_ascii(data)
    text = sample.decode("utf-8", "replace")
    non_ascii = sum(1 for char in text if char > "\x7f")
    return text.count("\ufffd") <= MAX_DAMAGE_SHARE * non_ascii


def _sample_non_ascii(data: bytes) -> bytes:
    """Return GUESS_BYTES bytes from shortly before the first that is not ASCII."""
    match = re.search(rb"[\x80-\xff]", data)
    start = max(0, match.start() - 200) if match else 0
    return data[start : start + GUESS_BYTES]


def _try_decode(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        text = data.decode(encoding, "strict" if encoding != "cp1252" else "replace")
    except (LookupError, UnicodeError, ValueError):
        return None
    return text if isinstance(text, str) else None
