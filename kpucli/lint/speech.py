"""Words that report what somebody said: ujarnya, kata Budi, menegaskan."""

from __future__ import annotations

import re

# Behind a quotation, before the speaker: ” ujar Budi. These are hardly used otherwise there.
_PLAIN_VERBS = (
    "ujar|tutur|ungkap|papar|imbuh|tandas|pungkas|ucap|cetus|kilah|kelakar|tukas|timpal|beber"
    "|urai|sergah|simpul"
)
# Those that are other words as well: only with -nya, or with the speaker right behind them.
_OTHER_VERBS = (
    "kata|jelas|tambah|terang|tegas|sebut|lanjut|pesan|harap|seru|tanya|jawab|sambung|tulis|kenang|canda"
    "|keluh|puji|imbau|himbau|ajak|pinta|saran|aku|singgung|ingat|tekan|nilai|gurau"
)
_TITLES = (
    "dia|ia|beliau|mereka|pria|perempuan|wanita|lelaki|laki-laki|ketua|wakil|anggota|komisioner"
    "|sekretaris|kepala|kasubbag|kasubag|koordinator|divisi|staf|plt|plh|mantan|alumnus|alumni"
    "|lulusan|bapak|ibu|pak|bu|sang|para|salah satu|salah seorang|seorang|narasumber|pemateri"
    "|moderator|panitia|peserta|pegawai|petugas|warga|pemilih|relawan|siswa|siswi|mahasiswa"
    "|mahasiswi|guru|dosen|orang|tokoh|pengurus|perwakilan|pejabat|bupati|wali|gubernur|camat"
    "|lurah|kapolres|kapolsek|dandim|komandan|direktur|ustaz|kiai|pemuda|pemudi|ayah|kakek|nenek"
)
_SPEAKER = rf"(?=[ \u00a0]+(?:(?i:{_TITLES})\b|[*_]*[A-Z]))"

ATTRIBUTION = (
    rf"(?:lebih lanjut,? )?(?:(?:{_PLAIN_VERBS}|{_OTHER_VERBS})nya\b"
    rf"|(?:{_PLAIN_VERBS})\b(?!-)"
    rf"|(?:{_OTHER_VERBS}){_SPEAKER}"
    rf"|(?i:{_PLAIN_VERBS}|kata|jelas|tambah|terang|tegas)nya(?=\.)"
    rf"|(?:begitu|demikian) (?:{_PLAIN_VERBS}|{_OTHER_VERBS}|pesannya|disampaikan|dikatakan)\b)"
)
"""What follows the quotation that it reports, as a pattern."""

IS_ATTRIBUTED = re.compile(
    rf"[,.?!][ \u00a0]?(?:{ATTRIBUTION})|[a-z] (?:{_PLAIN_VERBS}|kata)(?:nya\b|{_SPEAKER})"
)
"""A text that goes over into an attribution though no quotation has ended in it."""

INTRODUCTION = (
    r"(?:mengatakan|menyampaikan|menegaskan|menuturkan|mengungkapkan|menjelaskan|memaparkan"
    r"|menambahkan|menerangkan|mengucapkan|menyatakan|menandaskan|menekankan|membeberkan|menguraikan"
    r"|mengimbau|menghimbau|menyerukan|menanyakan|menjawab|melanjutkan|mengingatkan|menyimpulkan"
    r"|menyarankan|mengharapkan|mengakui|berkata|berpesan|berujar|bertanya|berharap|bertutur"
    r"|berseru|bercerita|berucap"
    rf"|(?:{_PLAIN_VERBS}|kata|jelas|tambah|terang|tegas|pesan|lanjut|harap)nya"
    rf"|(?i:{_PLAIN_VERBS}|kata|jelas|tambah|terang|tegas|lanjut)"
    r"(?: (?:[A-Z][\w.’'-]*|ketua|anggota|beliau|ia|dia)){1,6})"
)
"""What stands before a quotation that it introduces, as a pattern."""
