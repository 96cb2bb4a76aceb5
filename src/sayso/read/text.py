"""From bytes to normalised text.

The order: refuse what is not text (`describe_binary`), decode (`decode`: byte order mark, UTF-8
even if damaged, UTF-16, what a page declares, then a guess), normalise (`normalise_text`). Bytes
that are no text in the encoding become U+FFFD. Zero-width and bidirectional characters stay:
they are part of the print, and the terminal neutralises them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import islice

from sayso.read.code_pages import guess_page, is_page

# Random bytes hold 10 % of these control bytes; prose holds none, so the bounds are wide on both
# sides.
MAX_CONTROL_SHARE = 0.03
MAX_NUL_SHARE = 0.20
WIDE_BYTES = 4096  # looked at for UTF-16
MIN_SPACE_SHARE = 0.02  # of white space and stops in UTF-16; chance gives one in ten thousand
# charset-normalizer's time grows with the text; a few hundred words are enough for an answer.
GUESS_BYTES = 20_000
# Runs of bytes above 127 that are looked at to tell damaged UTF-8, and bytes of each.
MAX_RUNS = 5_000
MAX_RUN_BYTES = 1_200
# Bytes that go on a character of UTF-8, to a broken one, that only UTF-8 explains, whatever the
# characters: two bytes of GBK or of a Cyrillic page may be one by chance.
MIN_PER_BREAK = 4
# What a byte above 127 costs (see `code_pages`) in texts that are in no single-byte page: on
# sentences in Chinese, Japanese and Korean 4.6 to 6.5, in 24 languages of such pages up to 3.8.
MAX_PAGE_COST = 4.1
MIN_WIDE_BYTES = 6  # above 127, for a guess at such an encoding
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
_HIGH = re.compile(rb"[\x80-\xff]+")
_UTF8 = re.compile(
    rb"(?P<usual>[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x82][\x80-\xbf])"  # Latin, punctuation, €
    rb"|[\xc6-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_CUT_UTF8 = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
# A cut that no other encoding explains: Ã or Ä after a small letter, â€.
_SURE_CUT = re.compile(rb"(?:[a-z][\xc2-\xde]|\xe2\x80)\Z")
# What pages call encodings that are read as larger ones (WHATWG Encoding Standard, "labels").
_READ_AS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_DECLARABLE = re.compile(r"cp\d|iso8859|koi8|mac-|gb18030|big5|shift_jis|euc_|iso2022|johab")
_MANY_BYTES = re.compile(r"gb|big5|cp9[345]\d|cp874|tis|shift_jis|euc_|johab|iso2022|hz")
_LINE_ENDS = re.compile("\r\r?\n|\r|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")  # not U+0085, a line end
_MISREAD = re.compile("[\xc2-\xf4][\x80-\xbf]{0,2}[\x80-\x9f]")
_LIKE_UTF8 = re.compile(
    "[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_AS_CP1252 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
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
    return "binary data" if _is_control_heavy(data) else None


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text that `data` encodes, not yet normalised.

    declared: the encoding that a page declares; believed after a byte order mark and UTF-8, and
    unless the text speaks against it.
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
    encoding = _check_declared(declared)
    if encoding is not None and not is_page(encoding):
        text = _try_decode(data, encoding)
        if text is not None:
            return text
        encoding = None
    return data.decode(_guess_page(data, encoding), "replace")


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
    return _guess_page(data)


def normalise_text(text: str) -> str:
    r"""Return `text` in NFC, its line ends as \n, without control characters but \n and \t.

    C1 controls come of windows-1252 or UTF-8 that somebody read as Latin-1, and are read as what
    they were (HTML reads them so too). Lone surrogates become U+FFFD; runs of more than 30
    combining marks are cut to 30.
    """
    if _C1.search(text):
        text = _LIKE_UTF8.sub(_read_again, text) if _MISREAD.search(text) else text
        text = text.translate(_AS_CP1252)
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = _DROPPED.sub("", text)
    if text.isascii():
        return text
    text = _SURROGATES.sub("\ufffd", text)
    text = _LONG_NON_LATIN_RUN.sub(_cut_combining_runs, text)
    return unicodedata.normalize("NFC", text)


def _read_again(match: re.Match[str]) -> str:
    try:
        char = match.group().encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
    # é”— is no Chinese.
    return char if char < "\u2e80" else match.group()


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
    sample = data[:WIDE_BYTES]
    zeros = sample.count(0)
    if len(sample) < 8 or zeros == 0:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 8 * even and odd > 0.6 * len(sample) / 2:
        return "utf-16-le"
    if even > 8 * odd and even > 0.6 * len(sample) / 2:
        return "utf-16-be"
    for name in ("utf-16-le", "utf-16-be"):
        if _is_control_heavy(sample) and _is_plain(sample[: len(sample) // 2 * 2], name):
            return name
    return None


def _is_control_heavy(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    return controls > MAX_CONTROL_SHARE * len(data) or data.count(0) > MAX_NUL_SHARE * len(data)


def _is_plain(sample: bytes, encoding: str) -> bool:
    """Say whether bytes are letters, marks and, as chance does not give them, spaces and stops."""
    text = sample.decode(encoding, "ignore")
    spaces = sum(text.count(char) for char in " \n\u3001\u3002\uff0c")
    bad = ("Cc", "Cn", "Co", "Cs")
    odd = sum(unicodedata.category(char) in bad and char not in "\t\r\n" for char in text)
    return spaces >= MIN_SPACE_SHARE * len(text) and odd == 0


def _is_damaged_utf8(data: bytes) -> bool:
    """Say whether bytes are UTF-8 with a few broken ones, or cut off inside a character."""
    runs = [run.group()[:MAX_RUN_BYTES] for run in islice(_HIGH.finditer(data), MAX_RUNS)]
    sample = b" ".join(runs)
    found = list(_UTF8.finditer(sample))
    if not found:
        return _SURE_CUT.search(data) is not None and len(runs) == 1
    rest = _UTF8.sub(b"", sample)
    broken = len(rest) - rest.count(b" ")
    if cut := _CUT_UTF8.search(data):
        broken -= len(cut.group())
    usual = sum(1 for match in found if match["usual"])
    following = sum(len(match.group()) - 1 for match in found)
    return usual >= broken or following >= MIN_PER_BREAK * broken


def _check_declared(label: str | None) -> str | None:
    """Return Python's name of the encoding that a page declares, None if it cannot be that.

    UTF-8 was tried before; a page whose declaration could be read is in no UTF-16.
    """
    try:
        name = codecs.lookup(label or "").name
    except (LookupError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    return name if _DECLARABLE.match(name) else None


def _guess_page(data: bytes, declared: str | None = None) -> str:
    """Return the code page of bytes that are no Unicode."""
    sample = _sample_non_ascii(data)
    guess = guess_page(sample, declared)
    if guess.cost <= MAX_PAGE_COST or sum(map(len, _HIGH.findall(sample))) < MIN_WIDE_BYTES:
        return guess.encoding
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, seldom needed

    best = from_bytes(sample).best()
    return best.encoding if best and _MANY_BYTES.match(best.encoding) else guess.encoding


def _sample_non_ascii(data: bytes) -> bytes:
    """Return GUESS_BYTES bytes from shortly before the first that is not ASCII."""
    match = re.search(rb"[\x80-\xff]", data)
    start = max(0, match.start() - 200) if match else 0
    return data[start : start + GUESS_BYTES]


def _try_decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError):
        return None
