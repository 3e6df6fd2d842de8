"""Django's admin, which lies behind the pages of the office: all tables, for those who know them, in plain words."""
