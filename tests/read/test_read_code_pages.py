"""Guessing the code page of bytes that are no Unicode. All texts are invented."""

from __future__ import annotations

import time

import pytest

from sayso.read.code_pages import guess_page
from sayso.read.text import decode

ENGLISH = (
    "{0}",
    "Report by {0}",
    "The minister, {0}, told reporters on Monday that the harbour of Kavria would close.",
    "“We did not agree,” {0} said. The mayor’s office declined to comment – for now…",
    "About 40 people were hurt, {0} said; damage was put at £3 million (€4 million).",
    "The fair—which {0} opened—drew 4 000 visitors at 21 °C.",
)
NAMES = (
    "Muñoz", "José Iribarren", "Begoña Ordóñez", "Zoë Kravec", "Søren Bjelke", "Åse Lund",
    "Jürgen Weiß", "Désirée Blé", "João Brandão", "Conceição Dias", "Ólafur Þórsson",
    "Hélène Ducœur", "Maïté Oïhana", "Íñigo Arregui", "Côte d’Azur", "façade", "Malmö",
    "Núria Vall", "Mª Pía", "Béatrice Æstrup", "Væring", "Bø", "São Tomé", "Übermaß", "N’Djaména",
)  # fmt: skip
TEXTS = {
    "fr": "Le maire a déclaré que l’école fermerait à l’été. Où iront les élèves ? Ça dépend, "
    "répond-il, des crédits accordés par la préfecture et du même conseil.",
    "es": "La alcaldesa señaló que el puerto cerrará mañana. ¿Quién pagará? «Aún no lo sé», dijo el "
    "pequeño armador, que lleva años aquí.",
    "de": "Der Bürgermeister erklärte, die Straße werde für drei Wochen gesperrt. „Das müssen wir "
    "prüfen“, sagte er später den Händlern.",
    "pt": "O ministro não quis dizer se a obra começará amanhã; já é a terceira vez, e as "
    "populações da região estão à espera de explicações.",
    "it": "Il sindaco è certo: la città riaprirà più tardi, perché così vuole la società. «Sarà "
    "difficile», ha però detto lunedì.",
    "da": "Borgmesteren sagde, at havnen først åbner næste år, når kajen er gjort færdig. Også "
    "broen må lukkes.",
    "cs": "Starosta řekl, že přístav bude příští týden uzavřen. Dělníci opravují zeď, která už "
    "dlouho hrozí zřícením, a chtějí být hotovi včas.",
    "pl": "Burmistrz powiedział, że port zostanie zamknięty. Już wcześniej mówiło się, że nabrzeże "
    "grozi zawaleniem, ale pieniędzy wciąż brakuje.",
    "hu": "A polgármester közölte, hogy a kikötőt lezárják. A kereskedők szerint ez túl késő, mert "
    "az őszi vásár után már nem lesz rá szükség.",
    "tr": "Belediye başkanı limanın gelecek ay kapanacağını söyledi. Esnaf ise çalışmaların "
    "geciktiğini, yağmurların yolları bozduğunu anlattı.",
    "lt": "Meras pranešė, kad uostas bus uždarytas. Žmonės klausė, kodėl darbai prasidėjo tik "
    "šią savaitę, jei krantinė griūva jau seniai.",
    "ru": "Мэр сообщил, что порт закроют на ремонт. Торговцы говорят, что об этом их никто не "
    "предупреждал.",
    "uk": "Мер повідомив, що порт закриють на ремонт. Торговці кажуть, що їх ніхто не "
    "попереджав, і їхні збитки великі.",
    "el": "Ο δήμαρχος ανακοίνωσε ότι το λιμάνι θα κλείσει για επισκευές. Οι έμποροι λένε ότι δεν "
    "τους ρώτησε κανείς.",
    "ar": "أعلن رئيس البلدية أن الميناء سيغلق للإصلاح، وقال التجار إن أحدا لم يسألهم.",
    "he": "ראש העיר הודיע כי הנמל ייסגר לתיקונים. הסוחרים אומרים שאיש לא שאל אותם.",
    "zh": "市长宣布港口将关闭维修。商人们表示，事先没有人征求他们的意见。",
    "ja": "市長は港を修理のために閉鎖すると発表した。商人たちは、誰からも相談がなかったと話している。",
    "ko": "시장은 항구를 수리하기 위해 닫는다고 발표했다. 상인들은 아무도 묻지 않았다고 말한다.",
}
PAGES = (
    "fr cp1252 iso8859-15 mac-roman cp850", "es cp1252 mac-roman", "de cp1252 mac-roman",
    "pt cp1252", "it cp1252", "da cp1252", "cs cp1250 iso8859-2", "pl cp1250 iso8859-2",
    "hu cp1250 iso8859-2", "tr cp1254", "lt cp1257", "ru cp1251 koi8-r cp866 iso8859-5",
    "uk cp1251 koi8-u", "el cp1253 iso8859-7", "ar cp1256", "he cp1255", "zh gb18030",
    "ja shift_jis euc_jp", "ko euc_kr",
)  # fmt: skip


def _encode(text: str, page: str) -> bytes | None:
    try:
        return text.encode(page)
    except UnicodeEncodeError:
        return text.replace("’", "'").replace("“", '"').replace("„", '"').encode(page, "ignore")


@pytest.mark.parametrize("name", NAMES)
def test_names_in_an_english_text_are_windows_1252(name: str) -> None:
    texts = [text.format(name) for text in ENGLISH]
    assert [decode(text.encode("cp1252")) for text in texts] == texts


@pytest.mark.parametrize("line", PAGES)
def test_a_few_sentences_in_their_language_give_the_page(line: str) -> None:
    language, *pages = line.split()
    for page in pages:
        data = _encode(TEXTS[language], page)
        assert data is not None
        assert decode(data) == data.decode(page), page


@pytest.mark.parametrize("language", TEXTS)
def test_unicode_stays_unicode_in_every_language(language: str) -> None:
    text = TEXTS[language]
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert decode(text.encode(encoding)) == text


def test_quotation_marks_tell_an_english_text_from_a_macintosh() -> None:
    text = "“We will open it,” the mayor’s aide said of the fair in Logroño. “It’s late.”"
    assert decode(text.encode("mac-roman")) == text


@pytest.mark.parametrize(
    ("language", "page", "declared"),
    [
        ("ru", "cp1251", "iso-8859-1"),
        ("ru", "cp1251", "windows-1252"),
        ("fr", "cp1252", "windows-1251"),
        ("fr", "cp1252", "iso-8859-2"),
        ("el", "cp1253", "latin1"),
        ("fr", "cp1252", "utf-8"),
        ("fr", "cp1252", "utf-16"),
        ("fr", "cp1252", "shift_jis"),
        ("de", "cp1252", "us-ascii"),
        ("zh", "gb18030", "gb2312"),
        ("ja", "cp932", "x-sjis"),
    ],
)
def test_what_a_page_declares_is_not_believed_against_its_text(
    language: str, page: str, declared: str
) -> None:
    assert decode(TEXTS[language].encode(page), declared) == TEXTS[language]


@pytest.mark.parametrize(
    ("text", "page", "declared"),
    [
        ("Dana Novák, Brňany", "cp1250", "windows-1250"),
        ("Muñiz: 5 €", "iso8859-15", "iso-8859-15"),
        ("Ağrı", "cp1254", "iso-8859-9"),
        ("“Señor”", "cp1252", "iso-8859-1"),
        ("Порт", "koi8-r", "KOI8-R"),
    ],
)
def test_what_a_page_declares_decides_where_the_text_is_short(
    text: str, page: str, declared: str
) -> None:
    assert decode(text.encode(page), declared) == text


def test_bytes_that_a_page_does_not_have_become_replacement_characters() -> None:
    assert decode(b"The fa\xe7ade \x81 of caf\xe9s") == "The façade \ufffd of cafés"


def test_guessing_takes_no_time_for_a_long_text() -> None:
    data = (" ".join(TEXTS["cs"].split() * 40) * 40).encode("cp1250")
    begin = time.process_time()
    assert guess_page(data).encoding == "cp1250"
    assert time.process_time() - begin < 5
