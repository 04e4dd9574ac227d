"""Pelican's settings for the benchmark: the same kinds of pages as kpucli's site."""

SITENAME = "KPU Kota Contoh"
SITEURL = "https://kpu.contoh.go.id"
AUTHOR = "Humas KPU Kota Contoh"
TIMEZONE = "Asia/Jakarta"
DEFAULT_LANG = "id"
PATH = "articles"
OUTPUT_PATH = "public"
ARTICLE_PATHS = [""]
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "berita"
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []

ARTICLE_URL = ARTICLE_SAVE_AS = "berita/{date:%Y}/{slug}.html"
TAG_URL = TAG_SAVE_AS = "tag/{slug}.html"
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"index": 20, "tag": 20}
FEED_ALL_ATOM = "umpan.atom"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

LOAD_CONTENT_CACHE = CACHE_CONTENT = True
